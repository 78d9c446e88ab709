package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where a decoder puts what it produces: counted, taken from the budget, bounded, spooled.
final class Output implements Closeable {
  /// A sum over the bytes as they pass, for the checks that formats put behind their data.
  interface Sum {
    void update(byte[] from, int at, int length);
  }

  private static final Sum NONE = (from, at, length) -> {};

  private final Spool.Sink sink;
  private final Budget budget;
  private final String source;
  private final long most;
  private Sum sum = NONE;
  private @Nullable FormatException failure;

  /// @param most bytes that may be written
  Output(Spool.Sink sink, Budget budget, String source, long most) {
    this.sink = sink;
    this.budget = budget;
    this.source = source;
    this.most = most;
  }

  /// Bytes written so far.
  long size() {
    return sink.size();
  }

  /// From now on every byte also goes to this sum.
  void sum(Sum next) {
    sum = next;
  }

  /// From now on no sum is kept.
  void noSum() {
    sum = NONE;
  }

  void write(byte[] from, int at, int length) throws IOException, FormatException.LimitExceeded {
    int fits = (int) Math.min(length, most - size());
    budget.takeInflated(source, size(), fits);
    sink.write(from, at, fits);
    sum.update(from, at, fits);
    if (fits < length) {
      throw new FormatException.LimitExceeded(
          source, size(), "inflates to more than " + most + " bytes");
    }
  }

  /// Remembers the first failure; a failed check does not end the reading.
  void failed(FormatException e) {
    if (failure == null) {
      failure = e;
    }
  }

  @Nullable FormatException failure() {
    return failure;
  }

  Bytes finish() {
    return sink.finish();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
