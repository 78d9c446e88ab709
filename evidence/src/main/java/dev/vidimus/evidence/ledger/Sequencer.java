package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Gives entries their order, and commits those that wait together as one batch.
///
/// A batch waits only for those who are already on their way, between [#arrive] and the end of
/// their append: at most 5 ms and for at most 256. Who appends alone never waits.
final class Sequencer {
  private static final int MOST_ENTRIES = 256;
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(5);

  private final Writer writer;
  private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger onTheirWay = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().name("ledger").daemon().unstarted(this::run);
  private volatile OpenedCheckpoint checkpoint;

  /// Why nothing is appended any more.
  private volatile @Nullable IOException ended;

  private Sequencer(Writer writer) {
    this.writer = writer;
    this.checkpoint = writer.checkpoint();
  }

  static Sequencer start(Writer writer) {
    Sequencer sequencer = new Sequencer(writer);
    sequencer.thread.start();
    return sequencer;
  }

  OpenedCheckpoint checkpoint() {
    return checkpoint;
  }

  /// Announces an append, so that a batch waits for it.
  Arrival arrive() {
    return new Arrival();
  }

  /// Commits what waits, then ends.
  void stop() {
    queue.add(new Stop());
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // a half-written batch must not meet the next owner of the storage
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private sealed interface Request {}

  private static final class Append implements Request {
    private final byte[] entry;
    private final Map<String, byte[]> envelope;
    private final CompletableFuture<Appended> done = new CompletableFuture<>();

    Append(byte[] entry, Map<String, byte[]> envelope) {
      this.entry = entry;
      this.envelope = envelope;
    }
  }

  private record Stop() implements Request {}

  /// One append on its way.
  final class Arrival implements AutoCloseable {
    private Arrival() {
      onTheirWay.incrementAndGet();
    }

    /// Waits until the entries are durable and under a checkpoint.
    ///
    /// @param envelopes of each entry, by path, what is not stored yet
    List<Appended> append(List<byte[]> entries, List<Map<String, byte[]>> envelopes)
        throws IOException {
      List<Append> appends = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        appends.add(new Append(entries.get(i), envelopes.get(i)));
      }
      queue.addAll(appends);
      if (ended != null) {
        failRest(); // whoever ended the queue may have looked before the append was in it
      }
      List<Appended> done = new ArrayList<>();
      try {
        for (Append append : appends) {
          done.add(append.done.get());
        }
        return done;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted; the entry may be in the log or not");
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        throw new IOException("not acknowledged: " + cause.getMessage(), cause);
      }
    }

    @Override
    public void close() {
      onTheirWay.decrementAndGet();
    }
  }

  private void run() {
    List<Append> batch = new ArrayList<>();
    try {
      while (take(batch)) {
        commit(batch);
        batch.clear();
      }
      ended = new IOException("the ledger is closed");
    } catch (IOException e) {
      end(batch, e);
    } catch (RuntimeException | Error e) {
      end(batch, new IOException("the ledger stopped", e));
      throw e;
    } finally {
      failRest();
    }
  }

  private void end(List<Append> batch, IOException cause) {
    ended = cause;
    batch.forEach(append -> append.done.completeExceptionally(cause));
  }

  private void failRest() {
    IOException cause = Objects.requireNonNull(ended);
    for (Request rest = queue.poll(); rest != null; rest = queue.poll()) {
      if (rest instanceof Append append) {
        append.done.completeExceptionally(cause);
      }
    }
  }

  /// Waits for a batch; false when there will be no more. A batch is never empty.
  private boolean take(List<Append> batch) {
    long deadline = Long.MAX_VALUE;
    while (batch.size() < MOST_ENTRIES) {
      Request request;
      try {
        if (batch.isEmpty()) {
          request = queue.take();
          deadline = System.nanoTime() + LONGEST_WAIT;
        } else if (batch.size() < onTheirWay.get()) {
          request = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } else {
          request = queue.poll();
        }
      } catch (InterruptedException e) {
        continue; // nobody but us has this thread, and we use no interrupts
      }
      switch (request) {
        case Append append -> batch.add(append);
        case Stop stop -> {
          if (batch.isEmpty()) {
            return false;
          }
          queue.add(stop);
          return true;
        }
        case null -> {
          return true;
        }
      }
    }
    return true;
  }

  private void commit(List<Append> batch) throws IOException {
    long first = writer.size();
    Map<String, byte[]> envelopes = new LinkedHashMap<>();
    batch.forEach(append -> envelopes.putAll(append.envelope));
    writer.commit(envelopes, batch.stream().map(append -> append.entry).toList());
    checkpoint = writer.checkpoint();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).done.complete(new Appended(first + i, checkpoint));
    }
  }
}
