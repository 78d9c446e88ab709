package dev.vidimus.registry.intake;

import dev.vidimus.registry.home.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder in which an artifact is put together, and which goes away with its process: it is
/// locked as long as somebody works in it, and whoever comes next deletes what nobody locks.
public final class Staging implements AutoCloseable {
  private static final String PREFIX = "intake-";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;

  private Staging(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// A new folder, after those of dead processes are gone.
  public static Staging begin(Home home) throws IOException {
    Files.createDirectories(home.temporary());
    collect(home);
    Path folder = Files.createTempDirectory(home.temporary(), PREFIX);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      throw new IOException(folder + ": somebody else locked a new folder");
    }
    return new Staging(folder, channel);
  }

  /// Deletes what dead processes left.
  ///
  /// @return how many folders
  public static int collect(Home home) throws IOException {
    if (!Files.isDirectory(home.temporary())) {
      return 0;
    }
    int collected = 0;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(home.temporary(), PREFIX + "*")) {
      for (Path folder : left) {
        if (isDead(folder)) {
          delete(folder);
          collected++;
        }
      }
    }
    return collected;
  }

  /// Whether somebody puts something together at this moment.
  public static boolean isAnyAlive(Home home) throws IOException {
    if (!Files.isDirectory(home.temporary())) {
      return false;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(home.temporary(), PREFIX + "*")) {
      for (Path folder : folders) {
        if (!isDead(folder)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDead(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    if (!Files.exists(lock)) {
      // Between making a folder and locking it there is a moment; a minute is long enough.
      long age = System.currentTimeMillis() - Files.getLastModifiedTime(folder).toMillis();
      return age > 60_000;
    }
    try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      FileLock taken = tryLock(other);
      if (taken != null) {
        taken.release();
      }
      return taken != null;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process
    }
  }

  /// Where the artifact's files go, under their own paths.
  public Path tree() {
    return folder.resolve("tree");
  }

  /// Where anything else of this intake goes.
  public Path scratch() {
    return folder.resolve("scratch");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
