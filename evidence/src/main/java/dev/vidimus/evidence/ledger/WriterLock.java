package dev.vidimus.evidence.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Keeps everybody else from writing to a folder, and from reading it before what a crash left is
/// recovered. The locks are the kernel's and go with the process that holds them.
///
/// The file has two bytes that are locked. A writer takes that of recovery, then its own, and gives
/// the first back when recovery is over; a reader waits for the first, and then knows by the second
/// whether there is a writer. So whoever finds a writer finds one that has recovered.
final class WriterLock implements AutoCloseable {
  private static final String NAME = "lock";
  private static final long WRITING = 0;
  private static final long RECOVERING = 1;

  /// Folders that this process writes. It must never open their locks a second time: POSIX gives up
  /// a lock as soon as its process closes any descriptor of the file. So the map is held, too,
  /// while a file is looked at.
  private static final Map<Path, WriterLock> OWN = new HashMap<>();

  private final Path own;
  private final FileChannel file;
  private final FileLock recovery;
  private final CountDownLatch recovered = new CountDownLatch(1);

  private WriterLock(Path own, FileChannel file, FileLock recovery) {
    this.own = own;
    this.file = file;
    this.recovery = recovery;
  }

  /// @throws IOException if another process, or another part of this one, writes
  static WriterLock take(Path folder) throws IOException {
    WriterLock lock = takeIfFree(folder);
    if (lock == null) {
      throw new IOException(
          folder
              + (isOwn(folder.toRealPath())
                  ? ": this process writes this ledger already"
                  : ": another process writes this ledger"));
    }
    return lock;
  }

  private static boolean isOwn(Path folder) {
    synchronized (OWN) {
      return OWN.containsKey(folder);
    }
  }

  /// @return null if another process, or another part of this one, writes
  static @Nullable WriterLock takeIfFree(Path folder) throws IOException {
    Path own = folder.toRealPath();
    synchronized (OWN) {
      if (OWN.containsKey(own)) {
        return null;
      }
      FileChannel file =
          FileChannel.open(
              folder.resolve(NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock writing = null;
      try {
        // Not only tried: readers hold it for a moment.
        FileLock recovery = file.lock(RECOVERING, 1, false);
        writing = file.tryLock(WRITING, 1, false);
        if (writing == null) {
          return null;
        }
        WriterLock lock = new WriterLock(own, file, recovery);
        OWN.put(own, lock);
        return lock;
      } finally {
        if (writing == null) {
          file.close();
        }
      }
    }
  }

  /// Whether nobody writes. If somebody does, returns when they have recovered the folder.
  static boolean isAbandoned(Path folder) throws IOException {
    Path own = folder.toRealPath();
    WriterLock writer;
    synchronized (OWN) {
      writer = OWN.get(own);
      if (writer == null) {
        return isFree(folder);
      }
    }
    try {
      writer.recovered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(folder + ": interrupted while it was recovered", e);
    }
    // One that failed to recover has given up, and nobody writes.
    return !isOwn(own);
  }

  private static boolean isFree(Path folder) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileLock recovery = file.lock(RECOVERING, 1, true);
        FileLock writing = file.tryLock(WRITING, 1, true)) {
      return recovery.isValid() && writing != null;
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /// Lets readers in.
  void recovered() throws IOException {
    recovery.release();
    recovered.countDown();
  }

  @Override
  public void close() throws IOException {
    synchronized (OWN) {
      if (file.isOpen()) {
        try {
          file.close();
        } finally {
          OWN.remove(own);
          recovered.countDown();
        }
      }
    }
  }
}
