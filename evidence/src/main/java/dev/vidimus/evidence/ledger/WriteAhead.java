package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Makes batches durable in a journal first, so that their files need not be made durable one by
/// one. There are two journals: while one is written, the files of the other are made durable, and
/// then it is forgotten. They are there only while somebody writes, and after a crash.
///
/// Not thread-safe.
final class WriteAhead implements AutoCloseable {
  private static final List<String> NAMES = List.of("journal-0", "journal-1");

  /// Where a journal hands over to the other, if that is free, in bytes.
  private static final long ENOUGH = 32 << 20;

  /// Where it waits for the other.
  private static final long MOST = 128 << 20;

  private final FolderFiles files;

  /// Both, or none while nothing is ahead of its files.
  private final List<Journal> journals = new ArrayList<>();

  /// Paths of the batches in the journal that is written.
  private Set<String> unsettled = new HashSet<>();

  private CompletableFuture<?> settling = CompletableFuture.completedFuture(null);
  private int current;
  private long round;

  WriteAhead(FolderFiles files) {
    this.files = files;
  }

  /// Whether a folder has journals: somebody writes, or has crashed.
  static boolean isIn(Path folder) {
    return NAMES.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  /// Whether batches may be ahead of their files.
  boolean active() {
    return !journals.isEmpty();
  }

  /// Brings files and checkpoint to where the journals say that they were, after a crash.
  ///
  /// @throws StorageConflict if the checkpoint is neither one of theirs nor the one before
  /// @throws IOException if a journal cannot be read, or files cannot be written
  void recover() throws IOException {
    if (!isIn(files.root())) {
      return;
    }
    openBoth();
    try {
      List<byte[]> checkpoints = new ArrayList<>();
      visit(batch -> follow(checkpoints, batch));
      requireOneOf(checkpoints);
      visit(this::repair);
      // Only at the end: whoever reads meanwhile must not see the log at an earlier size.
      if (!checkpoints.isEmpty()) {
        repair(Storage.CHECKPOINT, checkpoints.getLast());
      }
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
    settle();
  }

  private void openBoth() throws IOException {
    for (String name : NAMES) {
      journals.add(Journal.open(files.root().resolve(name)));
    }
    files.folder(files.root()).sync();
  }

  /// Visits all batches, those of the earlier round first.
  private void visit(Journal.Visitor visitor) throws IOException, FormatException {
    for (Journal journal : journals) {
      journal.visit(batch -> {}); // finds the round
    }
    for (Journal journal :
        journals.stream().sorted(Comparator.comparingLong(Journal::round)).toList()) {
      journal.visit(visitor);
    }
  }

  private static void follow(List<byte[]> checkpoints, Batch batch) throws StorageConflict {
    if (checkpoints.isEmpty()) {
      checkpoints.add(batch.before());
    } else if (!Arrays.equals(checkpoints.getLast(), batch.before())) {
      throw new StorageConflict("journal");
    }
    checkpoints.add(batch.after());
  }

  /// Requires that the checkpoint is one of these, or was cut off from power while it was written.
  private void requireOneOf(List<byte[]> checkpoints) throws IOException {
    byte[] present = FolderFiles.read(files.root().resolve(Storage.CHECKPOINT));
    if (present == null || isZero(present) || checkpoints.isEmpty()) {
      return;
    }
    for (byte[] checkpoint : checkpoints) {
      if (Arrays.equals(checkpoint, present)) {
        return;
      }
    }
    throw new StorageConflict(Storage.CHECKPOINT);
  }

  private static boolean isZero(byte[] bytes) {
    for (byte one : bytes) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  private void repair(Batch batch) throws IOException {
    for (var file : batch.files().entrySet()) {
      files.requireInside(file.getKey());
      repair(file.getKey(), file.getValue());
    }
  }

  /// A power failure may have left the name with other bytes, or with fewer.
  private void repair(String path, byte[] bytes) throws IOException {
    if (!Arrays.equals(FolderFiles.read(files.root().resolve(path)), bytes)) {
      files.replaceQuickly(path, bytes);
    }
    unsettled.add(path);
  }

  /// Makes a batch durable, then visible: its files, then its checkpoint.
  ///
  /// @throws IOException if it is not known whether it is; then only [#recover] may follow
  void commit(Batch batch) throws IOException {
    if (journals.isEmpty()) {
      openBoth();
      journals.get(current).begin(++round);
    }
    handOver();
    journals.get(current).append(batch.bytes());
    for (var file : batch.files().entrySet()) {
      files.replaceQuickly(file.getKey(), file.getValue());
    }
    files.replaceQuickly(Storage.CHECKPOINT, batch.after());
    unsettled.addAll(batch.files().keySet());
    unsettled.add(Storage.CHECKPOINT);
  }

  private void handOver() throws IOException {
    long end = journals.get(current).end();
    if (end < ENOUGH || (end < MOST && !settling.isDone())) {
      return;
    }
    awaitSettling();
    Journal full = journals.get(current);
    Set<String> paths = unsettled;
    unsettled = new HashSet<>();
    current = 1 - current;
    journals.get(current).begin(++round);
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    settling = done;
    Thread.ofPlatform()
        .daemon()
        .name("ledger settles")
        .start(
            () -> {
              try {
                files.settle(paths);
                full.forget();
                done.complete(null);
              } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
  }

  private void awaitSettling() throws IOException {
    try {
      settling.join();
    } catch (CompletionException e) {
      throw new IOException("files in the journal could not be made durable", e.getCause());
    }
  }

  /// Makes every file durable, and deletes the journals.
  void settle() throws IOException {
    awaitSettling();
    files.settle(unsettled);
    unsettled.clear();
    for (Journal journal : journals) {
      journal.delete();
    }
    journals.clear();
    files.folder(files.root()).sync();
  }

  /// Closes the journals as they are; [#recover] goes on from there.
  @Override
  public void close() throws IOException {
    try {
      awaitSettling();
    } finally {
      for (Journal journal : journals) {
        journal.close();
      }
      journals.clear();
    }
  }
}
