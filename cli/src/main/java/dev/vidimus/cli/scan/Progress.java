package dev.vidimus.cli.scan;

import dev.vidimus.cli.host.Host;
import dev.vidimus.scan.Meter;
import java.io.Closeable;

/// One line on a terminal's standard error while a scan takes longer than a second.
class Progress implements Closeable {
  private Progress() {}

  static Progress of(Host host, ScanSettings settings, Source source, Meter meter) {
    return host.errorsAreTerminal() && !settings.quiet()
        ? new Line(host, source, meter)
        : new Progress();
  }

  /// Takes the line away, so that something can be printed in its place.
  void hide() {}

  /// The line may come back.
  void show() {}

  @Override
  public void close() {}

  private static final class Line extends Progress {
    private static final long BEGIN_MILLIS = 1_000;
    private static final long EVERY_MILLIS = 200;
    private static final String CLEAR = "\r\u001b[K";

    private final Host host;
    private final Source source;
    private final Meter meter;
    private final long start = System.nanoTime();
    private final Thread thread = new Thread(this::draw, "progress");
    private boolean hidden;
    private boolean drawn;
    private boolean closed;

    Line(Host host, Source source, Meter meter) {
      this.host = host;
      this.source = source;
      this.meter = meter;
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    synchronized void hide() {
      hidden = true;
      clear();
    }

    @Override
    synchronized void show() {
      hidden = false;
    }

    @Override
    public synchronized void close() {
      closed = true;
      clear();
      notifyAll();
    }

    private void clear() {
      if (drawn) {
        host.tell(CLEAR);
        drawn = false;
      }
    }

    private synchronized void draw() {
      try {
        while (!closed) {
          wait(EVERY_MILLIS);
          long millis = (System.nanoTime() - start) / 1_000_000;
          if (!closed && !hidden && millis >= BEGIN_MILLIS) {
            host.tell(CLEAR + text(millis));
            drawn = true;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private String text(long millis) {
      long done = meter.bytes();
      long all = Math.max(source.size(), 1);
      StringBuilder text = new StringBuilder();
      text.append(done * 100 / all).append("%  ");
      text.append(Human.size(done)).append(" of ").append(Human.size(all));
      if (source.isFolder()) {
        text.append(", ").append(meter.files()).append(" of ");
        text.append(source.snapshot().entries().size()).append(" files");
      }
      if (done > 0) {
        long left = (long) ((double) millis / done * (all - done));
        text.append(", ").append(Human.time(left)).append(" left");
      }
      return text.toString();
    }
  }
}
