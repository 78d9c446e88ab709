package dev.vidimus.registry.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The body of an answer that is given up when next to nothing of it arrives: a hub that drips
/// would hold us for ever.
final class PatientBody extends FilterInputStream {
  private final AtomicLong arrived = new AtomicLong();
  private final ScheduledFuture<?> watch;
  private long seen; // by the watch alone
  private volatile boolean givenUp;

  PatientBody(InputStream body, HubLimits limits, ScheduledExecutorService clock) {
    super(body);
    long millis = limits.patience().toMillis();
    watch = clock.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = arrived.get();
    if (now - seen < HubLimits.LEAST_PROGRESS) {
      givenUp = true;
      try {
        in.close(); // wakes up whoever reads
      } catch (IOException e) {
        // The reader hears of it.
      }
    }
    seen = now;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int count;
    try {
      count = super.read(into, at, length);
    } catch (IOException e) {
      throw givenUp ? new IOException("hardly anything arrives any more", e) : e;
    }
    if (givenUp) {
      throw new IOException("hardly anything arrives any more");
    }
    arrived.addAndGet(Math.max(count, 0));
    return count;
  }

  @Override
  public void close() throws IOException {
    watch.cancel(false);
    super.close();
  }
}
