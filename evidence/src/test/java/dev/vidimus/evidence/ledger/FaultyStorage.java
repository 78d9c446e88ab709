package dev.vidimus.evidence.ledger;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A storage that fails at one write: before it, or after it was done, when the caller cannot know.
final class FaultyStorage implements Storage {
  enum Fault {
    DISK_FULL,
    DONE_BUT_NOT_REPORTED
  }

  private final Storage storage;
  private final Fault fault;
  private int writesLeft;

  FaultyStorage(Storage storage, Fault fault, int writesLeft) {
    this.storage = storage;
    this.fault = fault;
    this.writesLeft = writesLeft;
  }

  /// How many writes there were less those that were to come before the fault.
  synchronized boolean failed() {
    return writesLeft < 0;
  }

  private interface Write {
    void run() throws IOException;
  }

  private synchronized void write(Write write) throws IOException {
    if (writesLeft-- > 0) {
      write.run();
      return;
    }
    if (fault == Fault.DONE_BUT_NOT_REPORTED && writesLeft == -1) {
      write.run();
    }
    throw new IOException("No space left on device");
  }

  @Override
  public void putIfAbsent(String path, byte[] bytes) throws IOException {
    write(() -> storage.putIfAbsent(path, bytes));
  }

  @Override
  public byte @Nullable [] get(String path) throws IOException {
    return storage.get(path);
  }

  @Override
  public void replaceCheckpoint(byte @Nullable [] expectedOld, byte[] replacement)
      throws IOException {
    write(() -> storage.replaceCheckpoint(expectedOld, replacement));
  }
}
