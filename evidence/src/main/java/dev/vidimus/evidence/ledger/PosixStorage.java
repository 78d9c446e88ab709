package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A ledger in a folder of a POSIX file system.
///
/// A file is written under a temporary name, then gets its name, so that a name never stands for
/// half a file. A single file is made durable by itself, and so is a small batch if it is the
/// first: there may be no second. Every other batch is made durable in a journal, which costs one
/// write for all of it; its files follow in the background.
public final class PosixStorage implements Storage, AutoCloseable {
  /// One entry alone has three or four.
  private static final int FEW_FILES = 8;

  private final WriterLock lock;
  private final FolderFiles files;
  private final WriteAhead journal;

  /// Folders of partial tiles whose full tile is there; they go after the next checkpoint.
  private final Queue<Path> superseded = new ConcurrentLinkedQueue<>();

  /// Whether a batch was committed.
  private boolean begun;

  /// Whether a batch failed half-way, so that only opening the folder again tells what it holds.
  private boolean broken;

  private PosixStorage(WriterLock lock, FolderFiles files) {
    this.lock = lock;
    this.files = files;
    this.journal = new WriteAhead(files);
  }

  /// Opens a folder for writing, and keeps other processes from doing the same. The folder is made
  /// if it is not there; its parent must be. What a crash left in a journal becomes part of it.
  ///
  /// @throws StorageConflict if its checkpoint is not one that the journal knows
  /// @throws IOException if another process or storage writes, or the folder cannot be used
  public static PosixStorage exclusive(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      new FolderSync(FolderFiles.parent(folder.toAbsolutePath())).sync();
    }
    return open(WriterLock.take(folder), folder);
  }

  static PosixStorage open(WriterLock lock, Path folder) throws IOException {
    PosixStorage storage = new PosixStorage(lock, new FolderFiles(folder));
    try {
      storage.files.clearTemporaries();
      storage.journal.recover();
      lock.recovered();
    } catch (IOException | RuntimeException | Error e) {
      storage.broken = true;
      storage.close();
      throw e;
    }
    return storage;
  }

  /// The files of a ledger, for reading only, while others may write. What a crash left in a
  /// journal becomes part of it before the first is read; where somebody else sees to that, the
  /// first read waits for them, and where nobody may, it fails.
  public static TileSource reader(Path folder) {
    return new RecoveredFiles(folder);
  }

  @Override
  public byte @Nullable [] get(String path) throws IOException {
    return FolderFiles.read(files.root().resolve(path));
  }

  @Override
  public void putIfAbsent(String path, byte[] bytes) throws IOException {
    files.putIfAbsent(path, bytes);
    noteSuperseded(path);
  }

  private void noteSuperseded(String path) {
    if (path.startsWith("tile/") && !path.contains(".p/")) {
      superseded.add(files.root().resolve(path + ".p"));
    }
  }

  @Override
  public synchronized void replaceCheckpoint(byte @Nullable [] expectedOld, byte[] replacement)
      throws IOException {
    requireWhole();
    requireCheckpoint(expectedOld);
    if (journal.active()) {
      journal.settle(); // it would bring its own checkpoint back
    }
    files.replace(CHECKPOINT, replacement);
    deleteSuperseded();
  }

  private void requireCheckpoint(byte @Nullable [] expected) throws IOException {
    if (!Arrays.equals(get(CHECKPOINT), expected)) {
      throw new StorageConflict(CHECKPOINT);
    }
  }

  private void deleteSuperseded() throws IOException {
    for (Path folder = superseded.poll(); folder != null; folder = superseded.poll()) {
      if (Files.isDirectory(folder)) {
        files.delete(folder);
      }
    }
  }

  @Override
  public synchronized void commit(
      SequencedMap<String, byte[]> batch, byte[] expectedOld, byte[] replacement)
      throws IOException {
    requireWhole();
    if (batch.size() <= FEW_FILES && !begun) {
      begun = true;
      Storage.super.commit(batch, expectedOld, replacement);
      return;
    }
    requireCheckpoint(expectedOld);
    SequencedMap<String, byte[]> absent = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> file : batch.entrySet()) {
      if (files.holds(file.getKey(), file.getValue())) {
        files.syncName(file.getKey()); // whoever made the name may not have come that far
      } else {
        absent.put(file.getKey(), file.getValue());
      }
    }
    begun = true;
    broken = true;
    journal.commit(new Batch(expectedOld, replacement, absent));
    broken = false;
    absent.keySet().forEach(this::noteSuperseded);
    deleteSuperseded();
  }

  private void requireWhole() throws IOException {
    if (broken) {
      throw new IOException(
          files.root() + ": a batch failed half-way; open the ledger again to recover it");
    }
  }

  /// Makes everything durable where it belongs, and lets other processes write.
  @Override
  public synchronized void close() throws IOException {
    try (lock;
        journal) {
      if (journal.active() && !broken) {
        journal.settle();
      }
    }
  }
}
