package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A ledger in a folder of a POSIX file system.
///
/// The content of a file is made durable in a [Journal], together with those of others; then the
/// file is written under a temporary name and moved to its own, while nobody else writes that. So a
/// name never stands for half a file but after a crash of the system, and then the journal has the
/// whole. What is too large for the journal is made durable before it gets its name, and its folder
/// afterwards. The lock is the kernel's and goes with the process that holds it.
public final class PosixStorage implements Storage, AutoCloseable {
  private static final String LOCK = "lock";
  private static final String TEMPORARY = "tmp";

  /// Where a ledger's journal lies in its folder; readers and copies need none.
  public static final String JOURNAL = Journal.FOLDER;

  /// Folders that this process writes. It must never open their locks a second time: POSIX gives up
  /// a lock as soon as its process closes any descriptor of the file.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final Path own;
  private final FileChannel lockFile;
  private final Set<String> busy = new HashSet<>();
  private @Nullable Journal journal;
  private final AtomicLong temporaries = new AtomicLong();
  private final Set<Path> made = ConcurrentHashMap.newKeySet();
  private final Map<Path, FolderSync> folders = new ConcurrentHashMap<>();

  /// Folders of partial tiles whose full tile is there; they go after the next checkpoint.
  private final Queue<Path> superseded = new ConcurrentLinkedQueue<>();

  private PosixStorage(Path root, Path own, FileChannel lockFile) {
    this.root = root;
    this.own = own;
    this.lockFile = lockFile;
  }

  /// Opens a folder for writing, and keeps other processes from doing the same. The folder is made
  /// if it is not there; its parent must be.
  ///
  /// @throws IOException if another process or storage writes, or the folder cannot be used
  public static PosixStorage exclusive(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      new FolderSync(parent(folder.toAbsolutePath())).sync();
    }
    Path own = folder.toRealPath();
    if (!OWN.add(own)) {
      throw new IOException(folder + ": this process writes this ledger already");
    }
    PosixStorage storage = null;
    try {
      storage = locked(folder, own);
      return storage;
    } finally {
      if (storage == null) {
        OWN.remove(own);
      }
    }
  }

  private static PosixStorage locked(Path folder, Path own) throws IOException {
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    PosixStorage storage = new PosixStorage(folder, own, lockFile);
    try {
      storage.lock();
      storage.clearTemporaries();
      storage.journal = Journal.open(folder, Boot.current(), storage::restore);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
    return storage;
  }

  /// The files of a ledger, for reading only, while others may write.
  public static TileSource reader(Path folder) {
    return path -> read(folder.resolve(path));
  }

  /// Whether the system stopped before all files had reached the disk: readers may miss some until
  /// the folder was opened for writing once.
  public static boolean isLeftBehind(Path folder) throws IOException {
    return Journal.isLeftBehind(folder, Boot.current());
  }

  private void lock() throws IOException {
    if (lockFile.tryLock() == null) {
      throw new IOException(root + ": another process writes this ledger");
    }
  }

  /// Nobody else writes, so whatever is there was left by a crash.
  private void clearTemporaries() throws IOException {
    Path temporary = root.resolve(TEMPORARY);
    if (Files.isDirectory(temporary)) {
      delete(temporary);
    }
    Files.createDirectory(temporary);
  }

  @Override
  public byte @Nullable [] get(String path) throws IOException {
    return read(root.resolve(path));
  }

  @Override
  public void putIfAbsent(String path, byte[] bytes) throws IOException {
    if (Journal.takes(bytes)) {
      claim(path);
      try {
        putSmall(path, bytes);
      } finally {
        release(path);
      }
    } else {
      FolderSync folder = folder(parent(root.resolve(path)));
      if (!isThere(path, bytes)) {
        link(path, bytes);
      }
      folder.sync(); // whoever made the name may not have come that far
    }
    if (path.startsWith("tile/") && !path.contains(".p/")) {
      superseded.add(root.resolve(path + ".p"));
    }
  }

  /// A name is given only after its content was durable, so one that is there needs nothing more.
  private void putSmall(String path, byte[] bytes) throws IOException {
    if (!isThere(path, bytes)) {
      makeFolder(parent(root.resolve(path)));
      journal().put(path, bytes, () -> move(path, bytes));
    }
  }

  private void link(String path, byte[] bytes) throws IOException {
    Path temporary = write(bytes, true);
    try {
      Files.createLink(root.resolve(path), temporary);
    } catch (FileAlreadyExistsException e) {
      isThere(path, bytes);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// Waits until nobody else writes this path: of two contents only one may come into the journal.
  private void claim(String path) throws IOException {
    synchronized (busy) {
      while (!busy.add(path)) {
        try {
          busy.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted before " + path + " was written");
        }
      }
    }
  }

  private void release(String path) {
    synchronized (busy) {
      busy.remove(path);
      busy.notifyAll();
    }
  }

  /// What the journal has, and a crash left out.
  private void restore(String path, byte[] content, boolean compare) throws IOException {
    Path target = root.resolve(path);
    if (compare ? Arrays.equals(read(target), content) : Files.exists(target)) {
      return;
    }
    makeFolder(parent(target));
    move(path, content);
  }

  private Journal journal() {
    return Objects.requireNonNull(journal, "opened with the lock");
  }

  private boolean isThere(String path, byte[] bytes) throws IOException {
    byte[] present = get(path);
    if (present != null && !Arrays.equals(present, bytes)) {
      throw new StorageConflict(path);
    }
    return present != null;
  }

  @Override
  public synchronized void replaceCheckpoint(byte @Nullable [] expectedOld, byte[] replacement)
      throws IOException {
    byte[] present = get(CHECKPOINT);
    if (!Arrays.equals(present, expectedOld)) {
      throw new StorageConflict(CHECKPOINT);
    }
    journal().put(CHECKPOINT, replacement, () -> move(CHECKPOINT, replacement));
    for (Path folder = superseded.poll(); folder != null; folder = superseded.poll()) {
      if (Files.isDirectory(folder)) {
        delete(folder);
      }
    }
  }

  /// Gives content a name at once. Nobody else writes the path at this moment.
  private void move(String path, byte[] bytes) throws IOException {
    Path temporary = write(bytes, false);
    try {
      Files.move(temporary, root.resolve(path), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /// Writes a file without a name of its own yet.
  private Path write(byte[] bytes, boolean durably) throws IOException {
    Path file = root.resolve(TEMPORARY).resolve(Long.toString(temporaries.incrementAndGet()));
    boolean whole = false;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (durably) {
        channel.force(true);
      }
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
    return file;
  }

  /// A folder, made durably if it is not there. It is known only after its name was made durable.
  private FolderSync folder(Path folder) throws IOException {
    FolderSync known = folders.get(folder);
    if (known != null) {
      return known;
    }
    if (!folder.equals(root)) {
      FolderSync parent = folder(parent(folder));
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        // made before, or by another thread at this moment
      }
      parent.sync();
    }
    return folders.computeIfAbsent(folder, FolderSync::new);
  }

  /// A folder, which becomes durable with what lies in it.
  private void makeFolder(Path folder) throws IOException {
    if (!made.contains(folder)) {
      Files.createDirectories(folder);
      made.add(folder);
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "only the root of all folders has no parent");
  }

  private static byte @Nullable [] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Deletes a folder of files.
  private void delete(Path folder) throws IOException {
    folders.remove(folder);
    made.remove(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.delete(folder);
  }

  /// Lets other processes write.
  @Override
  public void close() throws IOException {
    if (lockFile.isOpen()) {
      try (lockFile) {
        journal().close();
      } finally {
        OWN.remove(own);
      }
    }
  }
}
