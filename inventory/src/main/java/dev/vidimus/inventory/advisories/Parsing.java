package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Parses records on all processors, and hands them on in the order in which they came.
final class Parsing implements Closeable {
  private static final int BATCH_RECORDS = 200;
  private static final int BATCH_BYTES = 4 << 20;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(processors, Thread.ofPlatform().daemon().factory());
  private final Deque<Future<List<Parsed>>> running = new ArrayDeque<>();
  private final Receiver receiver;
  private List<Text> batch = new ArrayList<>();
  private int batchBytes;

  /// Takes what was parsed, in the thread that adds.
  interface Receiver {
    void take(Parsed one) throws IOException, FormatException;
  }

  /// A record, or why it is none.
  ///
  /// @param advisory null if it is none
  /// @param written as [OsvWriter] writes it
  @SuppressWarnings(
      "ArrayRecordComponent") // handed from one thread to the next, and never compared
  record Parsed(@Nullable Advisory advisory, byte[] written, String problem) {}

  @SuppressWarnings("ArrayRecordComponent") // as above
  private record Text(String name, byte[] bytes) {}

  Parsing(Receiver receiver) {
    this.receiver = receiver;
  }

  /// Adds a record. Waits if those before it are not parsed yet.
  void add(String name, byte[] bytes) throws IOException, FormatException {
    batch.add(new Text(name, bytes));
    batchBytes += bytes.length;
    if (batch.size() == BATCH_RECORDS || batchBytes > BATCH_BYTES) {
      submit();
    }
  }

  /// Hands on all that is left.
  void finish() throws IOException, FormatException {
    submit();
    while (!running.isEmpty()) {
      takeFirst();
    }
  }

  private void submit() throws IOException, FormatException {
    List<Text> full = batch;
    batch = new ArrayList<>();
    batchBytes = 0;
    running.add(workers.submit(() -> parse(full)));
    if (running.size() > 2 * processors) {
      takeFirst();
    }
  }

  private static List<Parsed> parse(List<Text> texts) throws IOException {
    List<Parsed> parsed = new ArrayList<>();
    for (Text text : texts) {
      try {
        Advisory advisory = OsvReader.read(Bytes.of(text.bytes()), text.name());
        byte[] written = OsvWriter.write(advisory).getBytes(StandardCharsets.UTF_8);
        parsed.add(new Parsed(advisory, written, ""));
      } catch (FormatException e) {
        parsed.add(new Parsed(null, new byte[0], String.valueOf(e.getMessage())));
      }
    }
    return parsed;
  }

  private void takeFirst() throws IOException, FormatException {
    try {
      for (Parsed one : running.removeFirst().get()) {
        receiver.take(one);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while records were parsed");
    } catch (ExecutionException e) {
      throw new IOException("a record could not be parsed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
