package dev.vidimus.server.hub;

import dev.vidimus.registry.Registry;
import dev.vidimus.registry.shelf.Pull;
import dev.vidimus.registry.shelf.Pulls;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Writes down who pulled what, many at once, and never a pull without its row: when rows come
/// faster than the database takes them, whoever pulls waits.
public final class PullLog implements AutoCloseable {
  private static final int WAITING = 20_000;
  private static final int AT_ONCE = 2_000;

  /// How long whoever pulls waits for a place, and a row for company, in milliseconds.
  private static final long PATIENCE = 5_000;

  private static final long COMPANY = 200;
  private static final int LONGEST = 500;

  private final Registry registry;
  private final InstantSource clock;
  private final Consumer<String> troubles;
  private final BlockingQueue<Pull> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread writer;
  private volatile boolean ends;
  private Instant last = Instant.EPOCH;

  public PullLog(Registry registry, InstantSource clock, Consumer<String> troubles) {
    this.registry = registry;
    this.clock = clock;
    this.troubles = troubles;
    this.writer = Thread.ofPlatform().name("pulls").start(this::run);
  }

  /// Takes a row, to be written soon; its time is set.
  ///
  /// @throws IOException if the database does not take rows
  void add(Pull pull) throws IOException {
    try {
      if (!waiting.offer(bounded(pull), PATIENCE, TimeUnit.MILLISECONDS)) {
        throw new IOException("the log of pulls is full: the database does not take rows");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Pull bounded(Pull pull) {
    return new Pull(
        next(),
        pull.token(),
        pull.person(),
        pull.name(),
        pull.environment(),
        pull.snapshot(),
        HubRefusal.ascii(pull.revision(), LONGEST),
        pull.path().substring(0, Math.min(pull.path().length(), 2 * LONGEST)),
        pull.status(),
        pull.reason(),
        pull.bytes(),
        HubRefusal.ascii(pull.agent(), LONGEST));
  }

  /// This instant, or one microsecond after the last row: pages of rows go by their times.
  private synchronized Instant next() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
    return last;
  }

  private void run() {
    List<Pull> batch = new ArrayList<>();
    while (!ends || !waiting.isEmpty()) {
      try {
        Pull first = waiting.poll(COMPANY, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        if (!ends) {
          Thread.sleep(COMPANY);
        }
      } catch (InterruptedException e) {
        // Closing: what is there is written now.
      }
      waiting.drainTo(batch, AT_ONCE);
      write(batch);
      batch.clear();
    }
  }

  private record Refused(String token, String name, String revision, String path, String reason) {}

  private void write(List<Pull> batch) {
    for (int failures = 0; ; failures++) {
      try {
        registry.keep(
            sql -> {
              Pulls pulls = new Pulls(sql);
              Set<Refused> seen = new HashSet<>();
              for (Pull pull : batch) {
                // A client that asks again and again for what it may not have is written once.
                if (pull.reason().isEmpty()
                    || seen.add(
                        new Refused(
                            pull.token(),
                            pull.name(),
                            pull.revision(),
                            pull.path(),
                            pull.reason()))) {
                  pulls.add(pull);
                }
              }
              return true;
            });
        return;
      } catch (IOException | RuntimeException e) {
        troubles.accept("pulls: " + batch.size() + " rows wait: " + e);
        if (ends && failures > 2) {
          troubles.accept("pulls: " + batch.size() + " rows are lost");
          return;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PATIENCE / 5);
    } catch (InterruptedException e) {
      // Closing: tried again at once.
    }
  }

  /// Writes what is left.
  @Override
  public void close() {
    ends = true;
    writer.interrupt();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
