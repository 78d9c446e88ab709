package dev.vidimus.evidence.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes the names in a folder durable, for many threads by one system call: whoever comes while
/// one call runs shares the next.
final class FolderSync {
  private final Path folder;

  private long asked;
  private long done;
  private boolean running;

  FolderSync(Path folder) {
    this.folder = folder;
  }

  /// Returns once all names given before the call are durable.
  void sync() throws IOException {
    long mine = ask();
    while (true) {
      long upTo = lead(mine);
      if (upTo < 0) {
        return;
      }
      boolean forced = false;
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
        forced = true;
      } finally {
        finish(forced ? upTo : 0);
      }
    }
  }

  private synchronized long ask() {
    return ++asked;
  }

  /// Waits until request `mine` is done, and returns -1, or until nobody runs, and returns the
  /// request up to which the caller now has to run.
  private synchronized long lead(long mine) throws IOException {
    while (running && done < mine) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while " + folder + " was synchronized", e);
      }
    }
    if (done >= mine) {
      return -1;
    }
    running = true;
    return asked;
  }

  private synchronized void finish(long upTo) {
    running = false;
    done = Math.max(done, upTo);
    notifyAll();
  }
}
