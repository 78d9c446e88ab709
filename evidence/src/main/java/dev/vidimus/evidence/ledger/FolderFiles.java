package dev.vidimus.evidence.ledger;

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
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The files of a ledger, which get their names only when they are whole. Safe for use by several
/// threads.
///
/// *Durable* writes survive a power failure once they return. *Quick* ones are seen by every reader
/// at once, but are durable only after [#settle]; until then somebody else has to have their bytes.
final class FolderFiles {
  private static final String TEMPORARY = "tmp";

  private final Path root;
  private final AtomicLong temporaries = new AtomicLong();

  /// Folders whose names are durable.
  private final Map<Path, FolderSync> folders = new ConcurrentHashMap<>();

  /// Folders that are there, durable or not.
  private final Set<Path> made = ConcurrentHashMap.newKeySet();

  FolderFiles(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /// Nobody else writes, so whatever is there was left by a crash.
  void clearTemporaries() throws IOException {
    Path temporary = root.resolve(TEMPORARY);
    if (Files.isDirectory(temporary, LinkOption.NOFOLLOW_LINKS)) {
      delete(temporary);
    } else {
      Files.deleteIfExists(temporary); // a link goes, and what it leads to stays
    }
    Files.createDirectory(temporary);
  }

  /// What a path holds, or null if nothing does.
  static byte @Nullable [] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Whether a path holds these bytes.
  ///
  /// @throws StorageConflict if it holds others
  boolean holds(String path, byte[] bytes) throws IOException {
    Path file = root.resolve(path);
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] present = read(file);
    if (present != null && !Arrays.equals(present, bytes)) {
      throw new StorageConflict(path);
    }
    return present != null;
  }

  /// Requires that the folders of a path lie in this one, and are no links to elsewhere: whoever
  /// made the folder must not choose which files outside of it are written.
  void requireInside(String path) throws IOException {
    Path folder = parent(root.resolve(path));
    while (!folder.equals(root)) {
      if (Files.isSymbolicLink(folder)) {
        throw new IOException(
            folder + ": is a link, and no journal is recovered through one; put the folder there");
      }
      folder = parent(folder);
    }
  }

  /// Makes the name of a path durable, which somebody else has given it.
  void syncName(String path) throws IOException {
    folder(parent(root.resolve(path))).sync();
  }

  /// Gives a path its bytes, durably, unless it holds them.
  ///
  /// @throws StorageConflict if it holds others
  void putIfAbsent(String path, byte[] bytes) throws IOException {
    Path target = root.resolve(path);
    FolderSync folder = folder(parent(target));
    if (!holds(path, bytes)) {
      Path temporary = write(bytes, true);
      try {
        Files.createLink(target, temporary);
      } catch (FileAlreadyExistsException e) {
        holds(path, bytes);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
    folder.sync(); // whoever made the name may not have come that far
  }

  /// Gives a path its bytes, durably, whatever it holds.
  void replace(String path, byte[] bytes) throws IOException {
    Path target = root.resolve(path);
    FolderSync folder = folder(parent(target));
    move(write(bytes, true), target);
    folder.sync();
  }

  /// Gives a path its bytes, quickly, whatever it holds.
  void replaceQuickly(String path, byte[] bytes) throws IOException {
    Path target = root.resolve(path);
    Path folder = parent(target);
    if (!made.contains(folder)) {
      Files.createDirectories(folder);
      made.add(folder);
    }
    move(write(bytes, false), target);
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// Makes durable what was written quickly under these paths; those that are gone are no matter.
  void settle(Set<String> paths) throws IOException {
    if (paths.size() >= WholeFileSystem.WORTHWHILE && WholeFileSystem.sync(root)) {
      return;
    }
    Set<Path> parents = new HashSet<>();
    for (String path : paths) {
      Path file = root.resolve(path);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        channel.force(true);
        parents.add(parent(file));
      } catch (NoSuchFileException e) {
        // a partial tile, since replaced by its full one
      }
    }
    for (Path parent : parents) {
      try {
        folder(parent).sync();
      } catch (NoSuchFileException e) {
        // replaced just now
      }
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
  FolderSync folder(Path folder) throws IOException {
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

  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "only the root of all folders has no parent");
  }

  /// Deletes a folder of files.
  void delete(Path folder) throws IOException {
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
}
