package dev.vidimus.lineage.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Runs independent pieces of work on all processors, the largest first, and keeps their order.
public final class Parallel {
  private Parallel() {}

  /// A piece of work.
  @FunctionalInterface
  public interface Task<T, R> {
    /// Does it.
    R run(T item) throws IOException;
  }

  /// The results of all items, in their order.
  ///
  /// @param weight how much an item costs, in any unit
  /// @throws IOException if one of them could not be read, or changed meanwhile
  public static <T, R> List<R> map(List<T> items, ToLongFunction<T> weight, Task<T, R> task)
      throws IOException {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), items.size());
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      order.add(i);
    }
    order.sort(
        (a, b) -> Long.compare(weight.applyAsLong(items.get(b)), weight.applyAsLong(items.get(a))));
    List<@Nullable R> results = new ArrayList<>();
    items.forEach(item -> results.add(null));
    AtomicInteger next = new AtomicInteger();
    if (threads > 1) {
      try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          running.add(
              pool.submit(
                  () -> {
                    work(items, order, results, next, task);
                    return null;
                  }));
        }
        for (Future<?> one : running) {
          await(one, next, items.size());
        }
      }
    } else {
      work(items, order, results, next, task);
    }
    List<R> done = new ArrayList<>();
    for (R result : results) {
      if (result == null) {
        throw new IllegalStateException("a piece of work has no result");
      }
      done.add(result);
    }
    return done;
  }

  private static <T, R> void work(
      List<T> items,
      List<Integer> order,
      List<@Nullable R> results,
      AtomicInteger next,
      Task<T, R> task)
      throws IOException {
    for (int n = next.getAndIncrement(); n < items.size(); n = next.getAndIncrement()) {
      int index = order.get(n);
      R result;
      try {
        result = task.run(items.get(index));
      } catch (InternalError e) {
        throw new IOException("a file became shorter while it was read", e);
      }
      synchronized (results) {
        results.set(index, result);
      }
    }
  }

  private static void await(Future<?> one, AtomicInteger next, int end) throws IOException {
    try {
      one.get();
    } catch (ExecutionException e) {
      next.set(end);
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException("a comparison failed", e);
      }
    } catch (InterruptedException e) {
      next.set(end);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
