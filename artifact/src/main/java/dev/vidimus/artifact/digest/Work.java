package dev.vidimus.artifact.digest;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Stretches to be hashed, handed out in a given order to any number of threads.
final class Work {
  private final List<Stretch> stretches;
  private final long gitLimit;
  private final int[] order;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicReferenceArray<Sums> results;

  /// @param order indexes of the stretches to hash, in the order in which they are begun
  Work(List<Stretch> stretches, long gitLimit, int[] order, AtomicReferenceArray<Sums> results) {
    this.stretches = stretches;
    this.gitLimit = gitLimit;
    this.order = order;
    this.results = results;
  }

  /// The index of a stretch that nobody else has, or -1 if none is left.
  int take() {
    int place = taken.getAndIncrement();
    return place < order.length ? order[place] : -1;
  }

  int size() {
    return order.length;
  }

  /// Hands out nothing more: another worker has failed.
  void stop() {
    taken.set(order.length);
  }

  Stream open(int index) throws IOException {
    return new Stream(stretches.get(index), gitLimit);
  }

  void done(int index, Sums sums) {
    results.set(index, sums);
  }
}
