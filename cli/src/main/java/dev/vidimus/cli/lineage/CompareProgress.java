package dev.vidimus.cli.lineage;

import dev.vidimus.cli.host.Host;
import dev.vidimus.lineage.derive.Meter;
import java.io.Closeable;

/// One line on a terminal's standard error while a comparison takes longer than a second.
class CompareProgress implements Closeable {
  private CompareProgress() {}

  static CompareProgress of(Host host, Meter meter) {
    return host.errorsAreTerminal() ? new Line(host, meter) : new CompareProgress();
  }

  void start() {}

  @Override
  public void close() {}

  private static final class Line extends CompareProgress {
    private static final long EVERY_MILLIS = 1_000;
    private static final String CLEAR = "\r\u001b[K";

    private final Host host;
    private final Meter meter;
    private final Thread thread = new Thread(this::draw, "progress");
    private boolean closed;
    private boolean drawn;

    Line(Host host, Meter meter) {
      this.host = host;
      this.meter = meter;
      thread.setDaemon(true);
    }

    @Override
    void start() {
      thread.start();
    }

    private synchronized void draw() {
      try {
        while (!closed) {
          wait(EVERY_MILLIS);
          if (!closed) {
            long all = Math.max(1, meter.all());
            long megabytes = meter.done() >> 20;
            host.tell(CLEAR + 100 * meter.done() / all + "%  " + megabytes + " MB");
            drawn = true;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      if (drawn) {
        host.tell(CLEAR);
      }
      notifyAll();
    }
  }
}
