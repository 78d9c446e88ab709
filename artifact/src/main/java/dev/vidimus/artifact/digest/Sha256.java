package dev.vidimus.artifact.digest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Hashes many stretches on all cores, the longest first. Memory is bounded by the number of cores,
/// not by files: 256 KiB for each, or 1 MiB where streams run side by side in vectors.
public final class Sha256 {
  /// So much is hashed before another thread would be of use.
  private static final long BYTES_A_THREAD = 2 << 20;

  private final List<Stretch> stretches;
  private final long gitLimit;
  private final AtomicReferenceArray<Sums> results;

  private Sha256(List<Stretch> stretches, long gitLimit) {
    this.stretches = stretches;
    this.gitLimit = gitLimit;
    this.results = new AtomicReferenceArray<>(stretches.size());
  }

  /// The sums of each stretch, in the order given.
  ///
  /// @param gitLimit the longest stretch, in bytes, whose git name is wanted; -1 for none
  /// @throws IOException if a file cannot be read, or is not as long as its stretch says
  public static List<Sums> of(List<Stretch> stretches, long gitLimit) throws IOException {
    Sha256 all = new Sha256(stretches, gitLimit);
    all.hash();
    return IntStream.range(0, stretches.size()).mapToObj(all.results::get).toList();
  }

  private void hash() throws IOException {
    long bytes = stretches.stream().mapToLong(Stretch::length).sum();
    int[] order =
        IntStream.range(0, stretches.size())
            .boxed()
            .sorted((a, b) -> Long.compare(length(b), length(a)))
            .mapToInt(i -> i)
            .toArray();
    int most = Math.min(Runtime.getRuntime().availableProcessors(), Math.max(order.length, 1));
    int threads = Math.clamp(bytes / BYTES_A_THREAD, 1, most);
    int alone = dominant(order, bytes);
    Lanes lanes =
        order.length - alone < LaneWorker.FEWEST ? null : LaneChoice.choose(bytes(order, alone));
    if (lanes == null) {
      run(work(order, 0, order.length), threads, null);
    } else {
      run(work(order, 0, alone), threads, null);
      run(work(order, alone, order.length), threads, lanes);
    }
  }

  /// How many stretches are so long that they would still run when all others have ended.
  private int dominant(int[] order, long bytes) {
    long rest = bytes;
    int count = 0;
    while (count < order.length
        && length(order[count]) > (rest - length(order[count])) / LaneWorker.FEWEST) {
      rest -= length(order[count++]);
    }
    return count;
  }

  private long bytes(int[] order, int from) {
    return IntStream.range(from, order.length).mapToLong(i -> length(order[i])).sum();
  }

  private long length(int index) {
    return stretches.get(index).length();
  }

  private Work work(int[] order, int from, int to) {
    int[] part = Arrays.copyOfRange(order, from, to);
    return new Work(stretches, gitLimit, part, results);
  }

  private static void run(Work work, int threads, @Nullable Lanes lanes) throws IOException {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, work.size()); i++) {
      workers.add(
          lanes == null
              ? new StreamWorker(work)
              : new LaneWorker(work, i == 0 ? lanes : new VectorLanes()));
    }
    if (workers.size() == 1) {
      workers.getFirst().call();
    } else if (!workers.isEmpty()) {
      together(work, workers);
    }
  }

  private static void together(Work work, List<Worker> workers) throws IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
      List<Future<Void>> running = workers.stream().map(threads::submit).toList();
      for (Future<Void> one : running) {
        try {
          one.get();
        } catch (ExecutionException e) {
          work.stop();
          throw failure(e);
        } catch (InterruptedException e) {
          work.stop();
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while hashing", e);
        }
      }
    }
  }

  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException cause -> cause;
      case null, default -> throw new IllegalStateException("hashing failed", e);
    };
  }
}
