package dev.vidimus.scan;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How far a scan is: written by the threads that scan, read by whoever shows it.
public final class Meter {
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger files = new AtomicInteger();

  /// Bytes that are behind: of finished files all, of others up to the furthest that was read.
  public long bytes() {
    return bytes.get();
  }

  /// Files that are finished.
  public int files() {
    return files.get();
  }

  /// A file whose result is known.
  void pass(long size) {
    bytes.addAndGet(size);
    files.incrementAndGet();
  }

  /// The same bytes, whose reading is counted.
  Metered watch(Bytes source) {
    return new Metered(this, source);
  }

  /// A file that is being scanned; used by one thread.
  static final class Metered implements Bytes {
    private final Meter meter;
    private final Bytes source;
    private long furthest;

    private Metered(Meter meter, Bytes source) {
      this.meter = meter;
      this.source = source;
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      source.read(offset, into, at, length);
      reach(offset + length);
    }

    @Override
    public void close() throws IOException {
      reach(size());
      meter.files.incrementAndGet();
      source.close();
    }

    private void reach(long position) {
      if (position > furthest) {
        meter.bytes.addAndGet(position - furthest);
        furthest = position;
      }
    }
  }
}
