package dev.vidimus.registry;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.decide.Deciding;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.lifecycle.Enrolment;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.UnknownReference;
import dev.vidimus.registry.statement.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// People who do whatever comes to their mind, the same for the same seed. What is refused is part
/// of it.
final class RandomWork {
  private static final List<String> RULES = List.of("scan-fresh", "scan-complete", "approved");

  private final Firm firm;
  private final Random random;
  private final List<Actor> people = new ArrayList<>();
  private final List<Artifact> artifacts = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  RandomWork(Firm firm, long seed) throws Exception {
    this.firm = firm;
    this.random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      people.add(firm.person("person" + i));
    }
  }

  List<Artifact> artifacts() {
    return artifacts;
  }

  Actor anybody() {
    return people.get(random.nextInt(people.size()));
  }

  Artifact any() {
    return artifacts.get(random.nextInt(artifacts.size()));
  }

  /// Does something, or tries to.
  ///
  /// @return whether it was not refused
  boolean step() throws Exception {
    try {
      act(artifacts.isEmpty() ? 0 : random.nextInt(100));
      return true;
    } catch (CheckFailed | UnknownReference e) {
      return false;
    }
  }

  private void act(int dice) throws Exception {
    Registry registry = firm.registry();
    Actor actor = anybody();
    if (dice < 15) {
      artifacts.add(
          firm.admit(actor, "m" + random.nextInt(5), "{\"a\": " + random.nextInt(12) + "}"));
    } else if (dice < 45) {
      firm.approve(actor, any());
    } else if (dice < 48) {
      registry.answer(actor, any().snapshot(), null, true, "no");
    } else if (dice < 62) {
      firm.promotes(actor, any());
    } else if (dice < 72) {
      registry.deploy(actor.id(), any().snapshot(), "internal", "w" + random.nextInt(4), null);
    } else if (dice < 75) {
      registry.retire(actor.id(), "internal", "w" + random.nextInt(4));
    } else if (dice < 77) {
      String selector = random.nextBoolean() ? any().snapshot() : "source:" + any().source();
      registry.make(Acts.revoke(actor, List.of(selector), random.nextBoolean(), "bad", false));
    } else if (dice < 81) {
      String rule = RULES.get(random.nextInt(RULES.size()));
      Duration until = Duration.ofDays(1 + random.nextInt(20));
      requests.add(
          registry.requestException(actor, any().snapshot(), rule, "why", until).envelope());
    } else if (dice < 85 && !requests.isEmpty()) {
      registry.make(Acts.grantException(actor, requests.get(random.nextInt(requests.size()))));
    } else if (dice < 88) {
      registry.make(
          Acts.breakGlass(actor, any().snapshot(), "internal", "INC", "why", Duration.ofHours(2)));
    } else if (dice < 90) {
      registry.make(Acts.deprecate(actor, any().snapshot(), any().snapshot(), "old"));
    } else if (dice < 91) {
      registry.make(Deciding.publish(firm.admin(), Policies.named("policy" + random.nextInt(3))));
    } else if (dice < 93) {
      boolean service = random.nextInt(3) == 0;
      List<Role> roles = random.nextInt(4) == 0 ? List.of(Role.AUDITOR) : List.of(Role.values());
      registry.make(
          Enrolment.add(firm.admin(), actor.id(), service, roles, actor.key().verifying()));
    } else if (dice < 94) {
      firm.registry().dismiss(firm.admin(), actor.id());
    } else {
      firm.pass(Duration.ofMillis(random.nextLong(Duration.ofDays(12).toMillis())));
    }
  }
}
