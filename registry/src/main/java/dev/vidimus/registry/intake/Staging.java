package dev.vidimus.registry.intake;

import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.Scaffold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A folder in which an artifact is put together, and which goes away with its process: it is
/// locked as long as somebody works in it, and whoever comes next deletes what nobody locks.
public final class Staging implements AutoCloseable {
  private static final String PREFIX = "intake-";
  private static final String LOCK = "lock";

  /// Longer than anybody takes between making a folder and locking it, in milliseconds.
  private static final long UNLOCKED = 60_000;

  /// The folders of this process. It must never open their locks a second time: POSIX gives up a
  /// lock as soon as its process closes any descriptor of the file.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

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
    Path folder = Files.createTempDirectory(home.temporary(), PREFIX).toAbsolutePath();
    OWN.add(folder);
    // Locked before it has the name by which others look for it.
    Path unnamed = folder.resolve(LOCK + ".new");
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      throw new IOException(folder + ": somebody else locked a new folder");
    }
    Files.move(unnamed, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
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
        if (!OWN.contains(folder.toAbsolutePath()) && isDead(folder)) {
          Scaffold.delete(folder);
          collected++;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
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
    try {
      if (!Files.exists(lock)) {
        long since = Files.getLastModifiedTime(folder).toMillis();
        return System.currentTimeMillis() - since > UNLOCKED;
      }
      try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        return other.tryLock() != null;
      }
    } catch (NoSuchFileException e) {
      return false; // its owner, or another collector, deletes it at this moment
    } catch (OverlappingFileLockException e) {
      return false; // another thread collects it at this moment
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
    try (channel) { // locked until it is gone, so that nobody else deletes it too
      Scaffold.delete(folder);
    } finally {
      OWN.remove(folder);
    }
  }
}
