package dev.vidimus.server.job;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Work under a name, one after another in the order in which it came; work under different names
/// runs at once, as far as the workers reach. Two versions of one repository are thus taken in as
/// they were published, and the later one stays the later one.
final class Lanes {
  private final Executor workers;

  /// What waits behind the work of each name that runs.
  private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

  Lanes(Executor workers) {
    this.workers = workers;
  }

  /// Runs work after all that came before it under its name.
  ///
  /// @throws RejectedExecutionException if no work is taken any more
  synchronized void execute(String name, Runnable work) {
    Queue<Runnable> before = waiting.get(name);
    if (before == null) {
      workers.execute(() -> run(name, work));
      waiting.put(name, new ArrayDeque<>());
    } else {
      before.add(work);
    }
  }

  private void run(String name, Runnable work) {
    try {
      work.run();
    } finally {
      next(name);
    }
  }

  private synchronized void next(String name) {
    Queue<Runnable> behind = waiting.get(name);
    Runnable work = behind == null ? null : behind.poll();
    if (work == null) {
      waiting.remove(name);
      return;
    }
    try {
      workers.execute(() -> run(name, work));
    } catch (RejectedExecutionException e) {
      waiting.remove(name); // the server ends: what waits is found by the next process
    }
  }
}
