package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.Decision;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.decide.Gated;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.statement.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever is asked gives the same answer: explaining, promoting, gating and deploying.
class AgreementTest {
  private static final int STEPS = 150;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {7, 20261121})
  void allAgreeAboutEveryStateThatPeopleBringAbout(long seed) throws Exception {
    Firm firm = Firm.begin(folder);
    RandomWork work = new RandomWork(firm, seed);
    Actor clerk = firm.enrol("clerk", Role.RELEASE, Role.DEPLOYER);
    int open = 0;
    int shut = 0;
    for (int step = 0; step < STEPS; step++) {
      work.step();
      if (step % 3 == 2) {
        if (gatesAsItDeploys(firm, clerk, work.any())) {
          open++;
        } else {
          shut++;
        }
        promotesAsItJudges(firm, clerk, work.any());
      }
    }
    assertThat(open).isGreaterThan(3);
    assertThat(shut).isGreaterThan(5);
  }

  private static boolean gatesAsItDeploys(Firm firm, Actor clerk, Artifact artifact)
      throws Exception {
    Registry registry = firm.registry();
    Gated gated = registry.gate(artifact, null);
    Decided judged = registry.judge(artifact.snapshot(), null, "deploy");
    assertThat(gated.decided().decision().json()).isEqualTo(judged.decision().json());
    List<Impact.Revoked> revoked =
        registry.ask(sql -> new Impact(sql).revocations(artifact.snapshot()));
    if (!revoked.isEmpty()) {
      assertThat(gated.open()).isFalse();
    }
    boolean deployed = true;
    try {
      registry.deploy(clerk.id(), artifact.snapshot(), "internal", "checked", null);
    } catch (CheckFailed e) {
      deployed = false;
    }
    assertThat(deployed).isEqualTo(gated.open());
    return deployed;
  }

  private static void promotesAsItJudges(Firm firm, Actor clerk, Artifact artifact)
      throws Exception {
    Decision judged = firm.registry().judge(artifact.snapshot(), null, "promote").decision();
    Decided promoted = firm.registry().promote(clerk.id(), artifact.snapshot(), null);
    assertThat(promoted.decision().json()).isEqualTo(judged.json());
    assertThat(promoted.promoted()).isEqualTo(judged.passed());
    if (promoted.promoted()) {
      assertThat(firm.gateOpens(artifact)).isTrue();
    }
  }
}
