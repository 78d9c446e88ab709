package dev.vidimus.cli.registry;

import dev.vidimus.cli.host.Host;
import dev.vidimus.registry.hub.Progress;
import java.io.Closeable;

/// One line on a terminal's standard error while a download takes longer than a second.
final class Arriving implements Progress, Closeable {
  private static final long BEGIN_NANOS = 1_000_000_000L;
  private static final long EVERY_NANOS = 200_000_000L;
  private static final String CLEAR = "\r\u001b[K";
  private static final long MEGABYTE = 1_000_000;

  private final Host host;
  private final long start = System.nanoTime();
  private long last = start;
  private boolean drawn;

  Arriving(Host host) {
    this.host = host;
  }

  @Override
  public void arrived(long done, long all) {
    long now = System.nanoTime();
    if (host.errorsAreTerminal() && now - start > BEGIN_NANOS && now - last > EVERY_NANOS) {
      long percent = all < 100 ? 0 : done / (all / 100);
      host.tell("%s%d%%  %d of %d MB".formatted(CLEAR, percent, done / MEGABYTE, all / MEGABYTE));
      last = now;
      drawn = true;
    }
  }

  @Override
  public void close() {
    if (drawn) {
      host.tell(CLEAR);
    }
  }
}
