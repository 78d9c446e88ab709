package dev.vidimus.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LanesTest {
  private static final int WORKS = 50;

  @Test
  void workUnderOneNameKeepsItsOrderAndOthersDoNotWaitForIt() throws Exception {
    List<Integer> done = new CopyOnWriteArrayList<>();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(WORKS);
    try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
      Lanes lanes = new Lanes(workers);
      IntStream.range(0, WORKS)
          .forEach(
              number ->
                  lanes.execute(
                      "a",
                      () -> {
                        await(held);
                        done.add(number);
                        all.countDown();
                      }));
      lanes.execute("b", other::countDown);
      assertThat(other.await(10, TimeUnit.SECONDS)).as("b runs while a is held").isTrue();
      assertThat(done).isEmpty();
      held.countDown();
      assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(done).isEqualTo(IntStream.range(0, WORKS).boxed().toList());
  }

  @Test
  void workThatFailsDoesNotHoldBackWhatComesAfterIt() throws Exception {
    CountDownLatch after = new CountDownLatch(1);
    try (ExecutorService workers = Executors.newFixedThreadPool(1)) {
      Lanes lanes = new Lanes(task -> workers.execute(() -> quietly(task)));
      lanes.execute(
          "a",
          () -> {
            throw new IllegalStateException("on purpose");
          });
      lanes.execute("a", after::countDown);
      assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void quietly(Runnable task) {
    try {
      task.run();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("on purpose");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
