package dev.vidimus.scan;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.scan.cache.Memory;
import dev.vidimus.scan.suppression.Suppressions;
import dev.vidimus.scan.whole.Part;
import dev.vidimus.scan.whole.Whole;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Scans every file of a snapshot, several at once, and hands the outcomes over in the order of the
/// snapshot, then what the snapshot refused.
///
/// A file that cannot be read, or on which a scanner of ours fails, is an outcome too: it must not
/// hide the files after it. Memory is bounded: a thread that is far ahead of the slowest file
/// waits.
public final class FolderScan {
  /// Outcomes a thread that may wait for an earlier file.
  private static final int AHEAD = 64;

  private static final int LONGEST_REASON = 200;

  private final ScanExaminer examiner;
  private final int jobs;
  private final boolean withDigests;
  private final boolean unpack;
  private final Suppressions suppressions;
  private final Memory memory;
  private final Opener opener;

  /// @param jobs files scanned at once; at least 1
  /// @param withDigests whether to hash every file
  /// @param unpack whether to list the members of archives as files
  public FolderScan(ScanExaminer examiner, int jobs, boolean withDigests, boolean unpack) {
    this(examiner, jobs, withDigests, unpack, Suppressions.NONE, Memory.NONE, Snapshot.Entry::open);
  }

  private FolderScan(
      ScanExaminer examiner,
      int jobs,
      boolean withDigests,
      boolean unpack,
      Suppressions suppressions,
      Memory memory,
      Opener opener) {
    this.examiner = examiner;
    this.jobs = jobs;
    this.withDigests = withDigests;
    this.unpack = unpack;
    this.suppressions = suppressions;
    this.memory = memory;
    this.opener = opener;
  }

  /// The same, with findings that do not count. A file with such a finding is hashed.
  public FolderScan suppressing(Suppressions some) {
    return new FolderScan(examiner, jobs, withDigests, unpack, some, memory, opener);
  }

  /// The same, with results that are kept. What would be executed is not among them, so that a
  /// scan that explains has to keep nothing.
  public FolderScan remembering(Memory kept) {
    return new FolderScan(examiner, jobs, withDigests, unpack, suppressions, kept, opener);
  }

  /// The same for files that are not of this machine, or not where their entries say. Nothing is
  /// remembered of them.
  public FolderScan opening(Opener other) {
    return new FolderScan(examiner, jobs, withDigests, unpack, suppressions, Memory.NONE, other);
  }

  /// Opens the files of a snapshot.
  public interface Opener {
    /// @throws IOException if a file cannot be opened
    Bytes open(Snapshot.Entry entry) throws IOException;
  }

  /// Takes the outcomes, one at a time, in the thread that called the scan.
  public interface Receiver {
    /// @throws IOException if it cannot be told; ends the scan
    void accept(FileOutcome outcome) throws IOException;

    /// Takes what the files are as one thing, after the last of them. What is wrong with that has
    /// been handed over as an outcome.
    default void whole(Whole whole) throws IOException {}
  }

  /// Scans all files.
  ///
  /// @param meter counts while it happens
  /// @throws IOException what the receiver throws
  public void scan(Snapshot snapshot, Meter meter, Receiver receiver) throws IOException {
    scan(snapshot, Set.of(), meter, receiver);
  }

  /// Scans all files.
  ///
  /// @param beside paths of files that are there and not to be scanned
  /// @param meter counts while it happens
  /// @throws IOException what the receiver throws
  public void scan(Snapshot snapshot, Collection<String> beside, Meter meter, Receiver receiver)
      throws IOException {
    List<Snapshot.Entry> entries = snapshot.entries();
    List<Part> parts = new ArrayList<>();
    Receiver files =
        outcome -> {
          parts.add(part(entries.get(parts.size()), outcome));
          receiver.accept(outcome);
        };
    if (jobs == 1 || entries.size() < 2) {
      for (Snapshot.Entry entry : entries) {
        files.accept(examine(() -> opener.open(entry), entry, meter));
      }
    } else {
      new Crew(entries, meter).work(files);
    }
    for (Snapshot.Refused refused : snapshot.refused()) {
      receiver.accept(refusal(refused));
    }
    if (!isFile(snapshot)) {
      together(parts, beside, receiver);
    }
  }

  private Part part(Snapshot.Entry entry, FileOutcome outcome) {
    return new Part(
        entry.path(),
        outcome.scanned().report().format(),
        entry.size(),
        outcome.scanned().references(),
        () -> opener.open(entry));
  }

  /// A single file is not looked upon as a repository, of which most would be missing.
  private static boolean isFile(Snapshot snapshot) {
    return snapshot.entries().size() == 1
        && snapshot.entries().getFirst().file().equals(snapshot.root());
  }

  private void together(List<Part> parts, Collection<String> beside, Receiver receiver)
      throws IOException {
    Whole whole;
    Map<String, Digest> digests = new HashMap<>();
    try {
      whole = Whole.of(parts, beside);
      if (suppressions.concern(whole.findings())) {
        digests = digests(parts, whole);
      }
    } catch (IOException e) {
      receiver.accept(unread(FileOutcome.WHOLE, e));
      return;
    }
    if (!whole.findings().isEmpty() || !whole.notExamined().isEmpty()) {
      receiver.accept(FileOutcome.of(whole).without(suppressions, digests));
    }
    receiver.whole(whole);
  }

  /// Of the files that findings name which could be suppressed.
  private Map<String, Digest> digests(List<Part> parts, Whole whole) throws IOException {
    Set<String> paths = new HashSet<>();
    for (Finding finding : whole.findings()) {
      if (suppressions.concern(List.of(finding))) {
        paths.add(finding.location().file());
      }
    }
    Map<String, Digest> digests = new HashMap<>();
    for (Part part : parts) {
      if (paths.contains(part.path())) {
        try (Bytes bytes = part.content().open()) {
          Snapshot.Entry entry = new Snapshot.Entry(part.path(), part.size(), Path.of(""));
          digests.put(part.path(), Hashes.of(bytes, entry).sha256());
        }
      }
    }
    return digests;
  }

  /// Scans bytes that are no file of a folder.
  ///
  /// @param path how findings name them
  /// @param meter counts while it happens
  public FileOutcome scan(Bytes bytes, String path, Meter meter) {
    return remembering(Memory.NONE)
        .examine(() -> bytes, new Snapshot.Entry(path, bytes.size(), Path.of("")), meter);
  }

  private FileOutcome examine(Part.Content content, Snapshot.Entry entry, Meter meter) {
    Memory.Slot slot = memory.slot(entry);
    ScannedFile known = known(slot, entry);
    boolean isAll = !withDigests && !unpack;
    if (known != null && isAll && !suppressions.concern(known.report().findings())) {
      meter.pass(entry.size());
      return new FileOutcome(known, null, null, List.of());
    }
    try (Bytes bytes = meter.watch(content.open())) {
      ScannedFile scanned = known == null ? examiner.scan(bytes, entry.path()) : known;
      if (slot != null && known == null) {
        slot.write(KeptResult.write(scanned));
      }
      boolean isConcerned = suppressions.concern(scanned.report().findings());
      Hashes hashes = withDigests || isConcerned ? Hashes.of(bytes, entry) : null;
      Digest digest = hashes == null ? null : hashes.sha256();
      Finding other = hashes == null ? null : hashes.otherBlob(entry);
      FileOutcome outcome =
          new FileOutcome(
              other == null ? scanned : scanned.with(other),
              withDigests ? digest : null,
              null,
              List.of());
      if (isConcerned && digest != null) {
        outcome = outcome.without(suppressions, Map.of(entry.path(), digest));
      }
      return unpack
          ? Unpacked.divide(outcome, examiner.members(bytes, entry.path(), withDigests))
          : outcome;
    } catch (IOException e) {
      return unread(entry.path(), e);
    } catch (RuntimeException | Error e) {
      return failed(entry.path(), "the scanner failed: " + e.getClass().getSimpleName(), e);
    }
  }

  private static @Nullable ScannedFile known(Memory.@Nullable Slot slot, Snapshot.Entry entry) {
    byte[] kept = slot == null ? null : slot.read();
    return kept == null ? null : KeptResult.read(kept, entry.path());
  }

  /// The outcome of something that cannot be read.
  public static FileOutcome unread(String path, IOException e) {
    return failed(path, reason(e), e);
  }

  private static String reason(IOException e) {
    // Where the message is but the path, the class says why.
    String why =
        e instanceof FileSystemException system && system.getReason() == null
            ? e.getClass().getSimpleName()
            : String.valueOf(e instanceof FileSystemException s ? s.getReason() : e.getMessage());
    return "cannot be read: " + Printable.of(why, LONGEST_REASON);
  }

  private static FileOutcome failed(String path, String reason, Throwable failure) {
    Location location = Location.of(path);
    Report report =
        new Report(location, "unread", List.of(), List.of(new NotExamined(location, reason)), 0);
    return new FileOutcome(new ScannedFile(report, List.of(), 0), null, failure, List.of());
  }

  private static FileOutcome refusal(Snapshot.Refused refused) {
    Location location = Location.of(refused.path());
    String detail = refused.detail();
    return switch (refused.reason()) {
      case LINK_OUTSIDE ->
          FileOutcome.of(TreeRule.LINK_OUT.at(location, "a link to " + detail, detail), "link");
      case LINK_INSIDE ->
          FileOutcome.of(TreeRule.LINK_INSIDE.at(location, "a link to " + detail, detail), "link");
      case SPECIAL -> FileOutcome.of(TreeRule.SPECIAL_FILE.at(location, detail, ""), "special");
      case NAME ->
          FileOutcome.of(
              TreeRule.UNREPRESENTABLE_NAME.at(location, "the name has " + detail, ""), "unread");
      case UNREADABLE -> unread(refused.path(), new IOException(detail));
    };
  }

  /// The threads of one scan. What they share is guarded by this object's lock.
  private final class Crew {
    private final List<Snapshot.Entry> entries;
    private final Meter meter;
    private final @Nullable FileOutcome[] ready;
    private int next; // the first file that nobody has begun
    private int delivered; // files that the receiver has
    private boolean stopped;
    private @Nullable Throwable broken; // what ended a thread before its work was done

    Crew(List<Snapshot.Entry> entries, Meter meter) {
      this.entries = entries;
      this.meter = meter;
      this.ready = new @Nullable FileOutcome[jobs * AHEAD];
    }

    void work(Receiver receiver) throws IOException {
      for (int i = 0; i < Math.min(jobs, entries.size()); i++) {
        Thread thread = new Thread(this::scanFiles, "scan-" + i);
        thread.setDaemon(true); // a broken output must not wait for a long file
        thread.start();
      }
      try {
        for (int i = 0; i < entries.size(); i++) {
          receiver.accept(get(i));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the scan was interrupted");
      } finally {
        stop();
      }
    }

    private void scanFiles() {
      try {
        for (int i = take(); i >= 0; i = take()) {
          Snapshot.Entry entry = entries.get(i);
          put(i, examine(() -> opener.open(entry), entry, meter));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody waits for us any more
      } catch (RuntimeException | Error e) { // no memory left even to say so
        fail(e);
      }
    }

    private synchronized void fail(Throwable cause) {
      broken = cause;
      notifyAll();
    }

    private synchronized int take() throws InterruptedException {
      while (!stopped && next < entries.size() && next - delivered >= ready.length) {
        wait();
      }
      return stopped || next == entries.size() ? -1 : next++;
    }

    private synchronized void put(int i, FileOutcome outcome) {
      ready[i % ready.length] = outcome;
      notifyAll();
    }

    private synchronized FileOutcome get(int i) throws InterruptedException {
      int slot = i % ready.length;
      while (ready[slot] == null) {
        if (broken != null) {
          throw new IllegalStateException("a thread of the scan ended early", broken);
        }
        wait();
      }
      FileOutcome outcome = Objects.requireNonNull(ready[slot]);
      ready[slot] = null;
      delivered = i + 1;
      notifyAll();
      return outcome;
    }

    private synchronized void stop() {
      stopped = true;
      notifyAll();
    }
  }
}
