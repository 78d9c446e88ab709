package dev.vidimus.evidence.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes many small files durable by one system call: their contents lie here, in order, before
/// they get their names, and stay until the files themselves have reached the disk.
///
/// A segment goes only after its files and their folders were synchronized, the oldest first, so
/// that what is left is always the end of what was written. Whoever opens the ledger makes up for
/// what is missing: names after the crash of a process, contents after that of the system.
final class Journal implements AutoCloseable {
  static final String FOLDER = "journal";

  /// Bytes after which another segment begins.
  private static final long FULL = 16 << 20;

  /// Bytes that may stay for whoever opens the ledger next, who has to read them.
  private static final long LEFT = 2 << 20;

  /// By then the system has written most files by itself, and synchronizing them costs little.
  private static final long AGE = TimeUnit.SECONDS.toNanos(30);

  /// Where files get their names.
  interface Target {
    /// Gives content its name where nothing has it.
    ///
    /// @param compare whether content that is there is read, and replaced if it is another
    void restore(String path, byte[] content, boolean compare) throws IOException;
  }

  /// A segment, and what is in it.
  private static final class Part {
    final Path file;
    final Set<String> paths = new HashSet<>();
    long sealed;

    /// Files whose content is durable here, and whose name is not given yet.
    int unnamed;

    Part(Path file) {
      this.file = file;
    }
  }

  /// Gives durable content its name.
  @FunctionalInterface
  interface Naming {
    void name() throws IOException;
  }

  /// Records that wait for the same system call.
  private static final class Batch {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<String> paths = new ArrayList<>();
    @Nullable Part part;
    boolean done;
  }

  private final Path root;
  private final Path folder;
  private final String boot;

  /// Parts that are not written any more, the oldest first.
  private final Deque<Part> sealed = new ArrayDeque<>();

  private final Thread retiring = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);

  private Batch next = new Batch();
  private boolean writing;
  private boolean closing;
  private @Nullable IOException failure;
  private long number;
  private @Nullable Part part;
  private @Nullable JournalSegment segment;

  private Journal(Path root, String boot) {
    this.root = root;
    this.folder = root.resolve(FOLDER);
    this.boot = boot;
  }

  /// Whether the system stopped while files had not reached the disk.
  static boolean isLeftBehind(Path root, String boot) throws IOException {
    for (Path file : segments(root.resolve(FOLDER)).values()) {
      if (!isTrusted(file, boot)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrusted(Path file, String boot) throws IOException {
    return !boot.equals(Boot.UNKNOWN) && JournalSegment.boot(file).equals(boot);
  }

  /// Opens the journal of a ledger that nobody else writes, and makes up for what a crash left out.
  static Journal open(Path root, String boot, Target target) throws IOException {
    Journal journal = new Journal(root, boot);
    Map<Long, Path> files = segments(journal.folder);
    boolean compare = isLeftBehind(root, boot);
    journal.restore(files, target, compare);
    if (compare) {
      journal.retireAll();
    }
    return journal;
  }

  private void restore(Map<Long, Path> files, Target target, boolean compare) throws IOException {
    Set<String> all = new HashSet<>();
    JournalSegment.Extent last = new JournalSegment.Extent(0, false);
    for (Map.Entry<Long, Path> one : files.entrySet()) {
      Part found = new Part(one.getValue());
      last = JournalSegment.read(found.file, (path, content) -> found.paths.add(plain(path)));
      all.addAll(found.paths);
      sealed.add(found);
      number = one.getKey();
    }
    // What was closed is whole as long as the system runs: if something is missing then, somebody
    // took it, and recovery is to find that out.
    if (compare || !last.closed()) {
      restore(files.values(), all, target, compare);
    }
    Part youngest = sealed.peekLast();
    if (!compare && youngest != null && last.end() > 0 && last.end() < LEFT) {
      part = sealed.removeLast();
      segment = JournalSegment.reopen(youngest.file, last);
    }
  }

  private void restore(Collection<Path> files, Set<String> all, Target target, boolean compare)
      throws IOException {
    Set<String> seen = new HashSet<>();
    byte[][] checkpoint = new byte[1][];
    for (Path file : files) {
      JournalSegment.read(
          file,
          (path, content) -> {
            if (path.equals(Storage.CHECKPOINT)) {
              checkpoint[0] = content; // the last one holds; of other names the first
            } else if (seen.add(path) && !isSuperseded(path, all)) {
              target.restore(path, content, compare);
            }
          });
    }
    if (checkpoint[0] != null) { // last, as when it was written
      target.restore(Storage.CHECKPOINT, checkpoint[0], true);
    }
  }

  /// Partial files go when the full one is under a checkpoint.
  private boolean isSuperseded(String path, Set<String> all) {
    int partial = path.indexOf(".p/");
    if (partial < 0) {
      return false;
    }
    String full = path.substring(0, partial);
    return all.contains(full) || Files.exists(root.resolve(full));
  }

  /// Paths as [Storage] has them, because a journal is read before anything of it is believed.
  private static String plain(String path) throws IOException {
    boolean plain = path.chars().allMatch(Journal::isPlain);
    boolean known =
        path.equals(Storage.CHECKPOINT) || path.startsWith("tile/") || path.startsWith("blob/");
    if (!plain || !known || path.contains("..") || path.contains("//")) {
      throw new IOException("the journal names what is no file of a ledger: " + path);
    }
    return path;
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '/';
  }

  private static Map<Long, Path> segments(Path folder) throws IOException {
    Map<Long, Path> found = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        found.put(Long.parseLong(String.valueOf(file.getFileName())), file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NumberFormatException e) {
      throw new IOException(folder + " holds what is no segment", e);
    }
    return found;
  }

  /// Whether content is short enough.
  static boolean takes(byte[] content) {
    return content.length <= JournalSegment.LARGEST;
  }

  /// Makes content durable here, and then gives it its name.
  ///
  /// @throws IOException if either is not sure. If it is the first, nothing is made durable any
  ///     more
  void put(String path, byte[] content, Naming naming) throws IOException {
    if (Thread.currentThread().isInterrupted()) { // an interrupted write would close the segment
      throw new InterruptedIOException("interrupted before " + path + " was written");
    }
    Batch mine = join(path, JournalSegment.encode(path, content));
    while (!isDone(mine)) {
      IOException problem = null;
      Part written = null;
      try {
        written = write(mine);
      } catch (IOException e) {
        problem = e;
      } finally {
        finish(mine, written, problem);
      }
    }
    try {
      naming.name();
    } finally {
      named(Objects.requireNonNull(mine.part));
    }
  }

  private synchronized void named(Part part) {
    part.unnamed--;
    notifyAll();
  }

  private synchronized Batch join(String path, byte[] record) {
    next.bytes.writeBytes(record);
    next.paths.add(path);
    return next;
  }

  /// True once the batch is durable; false if the caller now has to write it.
  private synchronized boolean isDone(Batch mine) throws IOException {
    while (!mine.done && writing && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted; it may be durable or not");
      }
    }
    if (failure != null && !mine.done) {
      throw new IOException("not durable: " + failure.getMessage(), failure);
    }
    if (!mine.done) {
      writing = true;
      next = new Batch(); // whoever comes now shares the next call
    }
    return mine.done;
  }

  private synchronized void finish(Batch batch, @Nullable Part written, @Nullable IOException e) {
    writing = false;
    if (written == null) {
      failure = e == null ? new IOException("the journal stopped") : e;
    } else {
      batch.part = written;
      batch.done = true;
      written.unnamed += batch.paths.size();
      written.paths.addAll(batch.paths);
    }
    notifyAll();
  }

  /// By one thread at a time.
  private Part write(Batch batch) throws IOException {
    Part current = part;
    JournalSegment open = segment;
    if (current == null || open == null || open.size() > FULL) {
      if (open != null) {
        open.close();
      }
      current = begin(current);
      open = JournalSegment.create(current.file, boot);
      new FolderSync(folder).sync();
      segment = open;
      part = current;
    }
    open.append(ByteBuffer.wrap(batch.bytes.toByteArray()));
    return current;
  }

  private synchronized Part begin(@Nullable Part last) throws IOException {
    if (last != null) {
      last.sealed = System.nanoTime();
      sealed.add(last);
      if (retiring.getState() == Thread.State.NEW) {
        retiring.start();
      }
    } else if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      new FolderSync(root).sync();
    }
    return new Part(folder.resolve(Long.toString(++number)));
  }

  private void run() {
    try {
      for (Part oldest = old(); oldest != null; oldest = old()) {
        retire(oldest);
      }
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  /// Waits for a part that is old enough; null when the journal is closed.
  private synchronized @Nullable Part old() {
    while (!closing && failure == null) {
      Part oldest = sealed.peek();
      long age = oldest == null ? 0 : System.nanoTime() - oldest.sealed;
      if (oldest != null && age >= AGE && oldest.unnamed == 0) {
        return oldest;
      }
      try {
        wait(1_000);
      } catch (InterruptedException e) {
        return null; // close() does the rest
      }
    }
    return null;
  }

  /// Makes the files of a part durable, then lets it go.
  private void retire(Part oldest) throws IOException {
    try {
      new FileSync(root).sync(oldest.paths);
    } catch (IOException e) {
      // What the system could not write may be lost, and only the journal still has it.
      JournalSegment.distrust(oldest.file);
      throw e;
    }
    Files.delete(oldest.file);
    new FolderSync(folder).sync(); // before a younger one goes: else this one could come back alone
    synchronized (this) {
      sealed.remove(oldest);
    }
  }

  private void retireAll() throws IOException {
    for (Part oldest = sealed.peek(); oldest != null; oldest = sealed.peek()) {
      if (oldest.unnamed > 0) {
        return; // somebody left in the middle; whoever opens the ledger next gives the names
      }
      retire(oldest);
    }
  }

  /// Leaves little, or nothing where the next run of the system could not be told from this one.
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      retiring.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted; the next to open the ledger does the rest");
    }
    Part last = part;
    JournalSegment open = segment;
    if (open != null && last != null) {
      try (open) {
        if (!sealed.isEmpty() || open.size() > LEFT || boot.equals(Boot.UNKNOWN)) {
          sealed.add(last);
        } else if (failure == null && last.unnamed == 0) {
          open.markClosed();
        }
      }
    }
    if (failure == null) {
      retireAll();
    }
  }
}
