package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
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
/// A file is written under a temporary name and made durable, then gets its name by a hard link,
/// which fails if the name is taken, then the folder is made durable. So a name never stands for
/// half a file. The lock is the kernel's and goes with the process that holds it.
public final class PosixStorage implements Storage, AutoCloseable {
  private static final String LOCK = "lock";
  private static final String TEMPORARY = "tmp";

  /// Folders that this process writes. It must never open their locks a second time: POSIX gives up
  /// a lock as soon as its process closes any descriptor of the file.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final Path own;
  private final FileChannel lockFile;
  private final AtomicLong temporaries = new AtomicLong();
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
    Path target = root.resolve(path);
    FolderSync folder = folder(parent(target));
    if (!isThere(path, bytes)) {
      Path temporary = write(bytes);
      try {
        Files.createLink(target, temporary);
      } catch (FileAlreadyExistsException e) {
        isThere(path, bytes);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
    folder.sync(); // whoever made the name may not have come that far
    if (path.startsWith("tile/") && !path.contains(".p/")) {
      superseded.add(root.resolve(path + ".p"));
    }
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
    Path temporary = write(replacement);
    try {
      Files.move(temporary, root.resolve(CHECKPOINT), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    folder(root).sync();
    for (Path folder = superseded.poll(); folder != null; folder = superseded.poll()) {
      if (Files.isDirectory(folder)) {
        delete(folder);
      }
    }
  }

  /// Writes a durable file without a name of its own yet.
  private Path write(byte[] bytes) throws IOException {
    Path file = root.resolve(TEMPORARY).resolve(Long.toString(temporaries.incrementAndGet()));
    boolean whole = false;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
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
      try {
        lockFile.close();
      } finally {
        OWN.remove(own);
      }
    }
  }
}
