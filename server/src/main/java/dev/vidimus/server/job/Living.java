package dev.vidimus.server.job;

import dev.vidimus.registry.access.Credential;
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
import java.util.regex.Pattern;

/// Which servers over a home are alive: each holds the lock of a file of its own, which the system
/// lets go with the process, however that ends. No clock is asked, so that a server that was
/// suspended, or waits for the database, is alive all the same.
final class Living implements AutoCloseable {
  private static final String PREFIX = "server-";
  private static final Pattern ID = Pattern.compile("i-[A-Za-z0-9]{16}");

  /// Those of this process. It must never open their locks a second time: POSIX gives up a lock as
  /// soon as its process closes any descriptor of the file.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final String id;
  private final Path file;
  private final FileChannel channel;

  private Living(Path folder, String id, Path file, FileChannel channel) {
    this.folder = folder;
    this.id = id;
    this.file = file;
    this.channel = channel;
  }

  /// One more server.
  ///
  /// @param place made if it is not there
  static Living begin(Path place) throws IOException {
    Path folder = Files.createDirectories(place).toAbsolutePath();
    String id = Credential.id("i");
    Path file = folder.resolve(PREFIX + id);
    Path unnamed = folder.resolve(PREFIX + id + ".new");
    OWN.add(file);
    // Locked before it has the name by which others look for it.
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      throw new IOException(unnamed + ": somebody else locked a new file");
    }
    Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
    return new Living(folder, id, file, channel);
  }

  /// Deletes what dead servers left.
  void collect() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path one : files) {
        isAlive(String.valueOf(one.getFileName()).substring(PREFIX.length()));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /// By which others know this one.
  String id() {
    return id;
  }

  /// Whether a server is alive; what a dead one left is deleted.
  boolean isAlive(String other) throws IOException {
    Path lock = folder.resolve(PREFIX + other);
    if (!ID.matcher(other).matches()) {
      return false;
    }
    if (OWN.contains(lock)) {
      return true;
    }
    try (FileChannel opened = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      if (opened.tryLock() == null) {
        return true;
      }
      Files.deleteIfExists(lock);
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } catch (OverlappingFileLockException e) {
      return false; // another thread looks at this moment: whoever lives is in OWN
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) { // locked until it is gone
      Files.deleteIfExists(file);
    } finally {
      OWN.remove(file);
    }
  }
}
