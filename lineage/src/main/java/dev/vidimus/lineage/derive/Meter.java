package dev.vidimus.lineage.derive;

import java.util.concurrent.atomic.AtomicLong;

/// How far a comparison is, for whoever shows it.
public final class Meter {
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong all = new AtomicLong();

  void expect(long bytes) {
    all.addAndGet(bytes);
  }

  void add(long bytes) {
    done.addAndGet(bytes);
  }

  /// Bytes that were read.
  public long done() {
    return done.get();
  }

  /// Bytes that are to be read, as far as that is known.
  public long all() {
    return all.get();
  }
}
