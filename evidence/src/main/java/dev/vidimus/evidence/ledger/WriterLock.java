package dev.vidimus.evidence.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps everybody else from writing to a folder. The lock is the kernel's and goes with the
/// process that holds it.
final class WriterLock implements AutoCloseable {
  private static final String NAME = "lock";

  /// Folders that this process writes. It must never open their locks a second time: POSIX gives up
  /// a lock as soon as its process closes any descriptor of the file.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path own;
  private final FileChannel file;

  private WriterLock(Path own, FileChannel file) {
    this.own = own;
    this.file = file;
  }

  /// @throws IOException if another process, or another part of this one, writes
  static WriterLock take(Path folder) throws IOException {
    WriterLock lock = takeIfFree(folder);
    if (lock == null) {
      throw new IOException(
          folder
              + (OWN.contains(folder.toRealPath())
                  ? ": this process writes this ledger already"
                  : ": another process writes this ledger"));
    }
    return lock;
  }

  /// @return null if another process, or another part of this one, writes
  static @Nullable WriterLock takeIfFree(Path folder) throws IOException {
    Path own = folder.toRealPath();
    if (!OWN.add(own)) {
      return null;
    }
    WriterLock lock = null;
    try {
      lock = locked(folder, own);
      return lock;
    } finally {
      if (lock == null) {
        OWN.remove(own);
      }
    }
  }

  private static @Nullable WriterLock locked(Path folder, Path own) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    boolean locked = false;
    try {
      locked = file.tryLock() != null;
    } finally {
      if (!locked) {
        file.close();
      }
    }
    return locked ? new WriterLock(own, file) : null;
  }

  @Override
  public void close() throws IOException {
    if (file.isOpen()) {
      try {
        file.close();
      } finally {
        OWN.remove(own);
      }
    }
  }
}
