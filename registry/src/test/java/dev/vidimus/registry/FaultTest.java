package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.intake.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that are killed while they admit, approve, promote and revoke.
@Tag("fault")
class FaultTest {
  @TempDir Path folder;

  @Test
  void nothingIsLostAndNothingIsHalfThereWhenTheProcessIsKilled() throws Exception {
    int rounds = Boolean.getBoolean("fuzz.long") ? 300 : 20;
    Random random = new Random(20261121);
    Firm firm = Firm.begin(folder);
    firm.hireAll();
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Child child = Child.start(folder, "round" + round, 2, Integer.MAX_VALUE);
      child.awaitWork();
      TimeUnit.MICROSECONDS.sleep(random.nextInt(700_000));
      child.kill();
      acknowledged.addAll(child.acknowledged());
      // What the dead left is of a moment ago: a folder that was not locked yet waits a minute.
      Staging.collect(firm.home());
      Records.requireNoLockedStaging(firm);
      Records.requireWhole(firm);
      if (round % 10 == 9 || round == rounds - 1) {
        Records.requireAll(firm, acknowledged);
        Records.requireRebuilt(firm);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(rounds);
    assertThat(Files.exists(firm.home().temporary())).isTrue();
  }
}
