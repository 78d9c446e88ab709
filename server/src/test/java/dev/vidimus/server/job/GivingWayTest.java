package dev.vidimus.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class GivingWayTest {
  private static final int NICE = 18; // proc_pid_stat(5), behind the name: 19th field of all

  @Test
  void workAndTheThreadsThatItStartsGiveWayToAllOthers() throws Exception {
    try (ExecutorService workers = Executors.newFixedThreadPool(1, new GivingWay("test-"))) {
      int before = nice();
      assertThat(workers.submit(GivingWayTest::nice).get()).isEqualTo(Math.min(before + 10, 19));
      assertThat(workers.submit(GivingWayTest::niceOfAnother).get())
          .isEqualTo(Math.min(before + 10, 19));
      assertThat(nice()).isEqualTo(before);
    }
  }

  private static int niceOfAnother() throws Exception {
    Callable<Integer> nice = GivingWayTest::nice;
    FutureTask<Integer> task = new FutureTask<>(nice);
    Thread.ofPlatform().start(task);
    return task.get();
  }

  private static int nice() throws Exception {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(fields[NICE - 2]);
  }
}
