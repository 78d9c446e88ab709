package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.DefaultPolicy;
import dev.vidimus.registry.decide.Deciding;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.Standing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of an artifact from its admission to its end.
class LifecycleTest {
  @TempDir Path folder;
  private Firm firm;
  private Actor sam;
  private Actor alice;
  private Actor bob;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
    alice = firm.person("alice");
    bob = firm.person("bob");
  }

  private Artifact promoted(String content) throws Exception {
    Artifact artifact = firm.admit(sam, "model", content);
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    assertThat(firm.promotes(sam, artifact)).isTrue();
    return artifact;
  }

  private void revoke(String selector, boolean malicious) throws Exception {
    firm.registry().make(Acts.revoke(alice, List.of(selector), malicious, "bad", false));
  }

  private void breakGlass(Artifact artifact, Duration open) throws Exception {
    firm.registry()
        .make(Acts.breakGlass(bob, artifact.snapshot(), "internal", "INC-7", "down", open));
  }

  @Test
  void twoPeopleLetItRunAndOneEndsIt() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    assertThat(artifact.label()).isEqualTo("model@1");
    assertThat(firm.gateOpens(artifact)).isFalse();
    firm.approve(alice, artifact);
    assertThat(firm.promotes(sam, artifact)).isFalse();
    firm.approve(bob, artifact);
    assertThat(firm.promotes(sam, artifact)).isTrue();
    assertThat(firm.gateOpens(artifact)).isTrue();
    firm.registry().deploy(sam.id(), "model:internal", "internal", "chat", null);
    assertThat(firm.running()).extracting(Impact.Running::label).containsExactly("model@1");
    revoke("model", false);
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThat(firm.promotes(sam, artifact)).isFalse();
    assertThat(firm.registry().resolve("model").state()).isEqualTo("revoked");
    firm.registry().retire(sam.id(), "internal", "chat");
    assertThat(firm.running()).isEmpty();
  }

  @Test
  void whatIsNotPromotedIsNotDeployed() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    assertThatThrownBy(
            () -> firm.registry().deploy(sam.id(), artifact.snapshot(), "internal", "chat", null))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("model@1 promoted to internal");
    Artifact elsewhere = promoted("{\"a\": 1}");
    assertThatThrownBy(
            () ->
                firm.registry().deploy(sam.id(), elsewhere.snapshot(), "production", "chat", null))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("promoted to production");
  }

  @Test
  void whatTheGateRefusesIsNotDeployed() throws Exception {
    Artifact artifact = promoted("{}");
    firm.pass(Duration.ofDays(91)); // the scan is older than the tier allows
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThatThrownBy(
            () -> firm.registry().deploy(sam.id(), artifact.snapshot(), "internal", "chat", null))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("the last scan is 2184 hours old");
  }

  @Test
  void newInspectionVoidsApprovals() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    firm.pass(Duration.ofSeconds(1));
    firm.admit(sam, "model", "{}");
    assertThat(firm.promotes(sam, artifact)).isFalse();
    assertThat(firm.registry().answers("model")).noneMatch(Chain.Answer::valid).hasSize(2);
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    assertThat(firm.promotes(sam, artifact)).isTrue();
  }

  @Test
  void newPolicyVoidsApprovals() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    firm.registry().make(Deciding.publish(firm.admin(), Policies.named("another")));
    assertThat(firm.promotes(sam, artifact)).isFalse();
    firm.registry().make(Deciding.publishDefault(firm.admin())); // what they saw holds again
    assertThat(firm.promotes(sam, artifact)).isTrue();
  }

  @Test
  void newVersionTakesThePlaceOfTheLast() throws Exception {
    Artifact first = promoted("{}");
    Artifact second = promoted("{\"a\": 2}");
    assertThat(second.label()).isEqualTo("model@2");
    assertThat(firm.registry().resolve("model:internal").snapshot()).isEqualTo(second.snapshot());
    assertThat(firm.gateOpens(first)).isFalse();
    assertThat(firm.gateOpens(second)).isTrue();
  }

  @Test
  void brokenGlassStandsInForApprovalsUntilItsEnd() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    breakGlass(artifact, Duration.ofHours(4));
    assertThat(firm.gateOpens(artifact)).isTrue();
    firm.registry().deploy(sam.id(), artifact.snapshot(), "internal", "chat", null);
    firm.pass(Duration.ofHours(4).minusMillis(1));
    assertThat(firm.gateOpens(artifact)).isTrue();
    firm.pass(Duration.ofMillis(2)); // in the second after the end
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThat(firm.promotes(sam, artifact)).isFalse();
  }

  @Test
  void brokenGlassExceptsWhatMayBeExcepted() throws Exception {
    Artifact artifact = promoted("{}");
    firm.pass(Duration.ofDays(91));
    assertThat(firm.gateOpens(artifact)).isFalse();
    breakGlass(artifact, Duration.ofHours(1));
    assertThat(firm.gateOpens(artifact)).isTrue();
  }

  @Test
  void glassStaysOpenForFourHoursAtMost() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    for (Duration open : List.of(Duration.ofHours(4).plusSeconds(1), Duration.ZERO)) {
      assertThatThrownBy(() -> breakGlass(artifact, open)).hasMessageContaining("at most 4 hours");
    }
  }

  @Test
  void maliciousRevocationBeatsBrokenGlass() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    breakGlass(artifact, Duration.ofHours(1));
    assertThat(firm.gateOpens(artifact)).isTrue();
    revoke(artifact.snapshot(), true);
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThatThrownBy(() -> breakGlass(artifact, Duration.ofHours(1)))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("no malicious revocation");
    assertThatThrownBy(
            () -> firm.registry().deploy(sam.id(), artifact.snapshot(), "internal", "chat", null))
        .isInstanceOf(CheckFailed.class);
  }

  @Test
  void revokedFileReachesWhatComesLaterHoweverItIsNamed() throws Exception {
    Artifact first = firm.admit(sam, "model", "{}");
    String hex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"; // of {}
    revoke("file:" + hex, false);
    assertThat(firm.registry().resolve(first.snapshot()).state()).isEqualTo("revoked");
    Artifact again = firm.admit(bob, "other", "{}");
    assertThat(again.state()).isEqualTo("revoked");
    assertThat(firm.waiting()).isEmpty();
    assertThatThrownBy(() -> firm.approve(alice, again)).hasMessageContaining("revoked: bad");
  }

  @Test
  void revocationOfOneVersionLeavesTheOthers() throws Exception {
    Artifact first = promoted("{}");
    Artifact second = promoted("{\"a\": 2}");
    revoke("model@1", false);
    assertThat(firm.registry().resolve(first.snapshot()).state()).isEqualTo("revoked");
    assertThat(firm.registry().resolve(second.snapshot()).state()).isEqualTo("approved");
    assertThat(firm.gateOpens(second)).isTrue();
  }

  @Test
  void rejectionClosesWhatWasPromoted() throws Exception {
    Artifact artifact = promoted("{}");
    firm.registry().answer(alice, artifact.snapshot(), null, true, "found something");
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThatThrownBy(
            () -> firm.registry().deploy(sam.id(), artifact.snapshot(), "internal", "chat", null))
        .hasMessageContaining("model@1 promoted to internal");
    firm.approve(alice, artifact); // the last word counts, and promotes nothing by itself
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThat(firm.promotes(sam, artifact)).isTrue();
    assertThat(firm.gateOpens(artifact)).isTrue();
  }

  @Test
  void digestThatNobodyKnowsYetIsRevokedWhateverItTurnsOutToBe() throws Exception {
    String file = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    revoke(file, true);
    assertThat(firm.admit(sam, "model", "{}").state()).isEqualTo("revoked");
  }

  @Test
  void everyNameOfAnArtifactMeansItWhereItWasPromotedUnderThatName() throws Exception {
    Artifact artifact = promoted("{}");
    firm.pass(Duration.ofSeconds(1));
    Artifact twin = firm.admit(bob, "twin", "{}");
    assertThat(twin.snapshot()).isEqualTo(artifact.snapshot());
    assertThat(firm.registry().resolve("twin").label()).isEqualTo("twin@1");
    assertThatThrownBy(() -> firm.registry().resolve("twin:internal"))
        .hasMessageContaining("no version of twin is promoted to internal");
    Actor cat = firm.person("cat");
    firm.approve(alice, artifact);
    firm.approve(cat, artifact);
    assertThat(firm.registry().promote(sam.id(), "twin", null).promoted()).isTrue();
    assertThat(firm.registry().resolve("twin:internal").label()).isEqualTo("twin@1");
    assertThat(firm.registry().resolve("model:internal").label()).isEqualTo("model@1");
    Artifact next = firm.admit(sam, "twin", "{\"a\": 2}");
    firm.approve(alice, next);
    firm.approve(bob, next);
    assertThat(firm.promotes(sam, next)).isTrue();
    assertThat(firm.registry().resolve("twin:internal").label()).isEqualTo("twin@2");
    assertThat(firm.registry().resolve("model:internal").snapshot()).isEqualTo(artifact.snapshot());
    assertThat(firm.gateOpens(artifact)).isTrue();
  }

  @Test
  void evidenceExpiresAtItsInstant() throws Exception {
    Artifact artifact = promoted("{}");
    Duration allowed = Duration.ofHours(2161); // of which the policy counts whole ones
    firm.pass(allowed.minusSeconds(1));
    assertThat(firm.gateOpens(artifact)).isTrue();
    assertThat(standing(artifact)).isEqualTo("approved");
    assertThat(expired()).isEmpty();
    firm.pass(Duration.ofSeconds(1));
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThat(standing(artifact)).isEqualTo("expired");
    assertThat(expired()).containsExactly("model@1");
    firm.admit(sam, "model", "{}");
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    assertThat(firm.promotes(sam, artifact)).isTrue();
    assertThat(standing(artifact)).isEqualTo("approved");
    assertThat(expired()).isEmpty();
  }

  private String standing(Artifact artifact) throws Exception {
    return firm.registry().ask(sql -> Standing.of(sql, artifact.snapshot(), firm.now()));
  }

  private List<String> expired() throws Exception {
    return firm.registry()
        .ask(
            sql ->
                new Chain(sql)
                    .expired(firm.now()).stream().map(one -> one.artifact().label()).toList());
  }

  @Test
  void policySaysWhoMayTakeAStep() throws Exception {
    Artifact artifact = promoted("{}");
    String transitions =
        new String(DefaultPolicy.files().get("transitions.yaml"), StandardCharsets.UTF_8)
            .replace("{to: deployed, roles: [deployer]}", "{to: deployed, roles: [admin]}")
            .replace(", expired], roles: [reviewer, security]", "], roles: [auditor]");
    firm.registry()
        .make(Deciding.publish(firm.admin(), Policies.with("transitions.yaml", transitions)));
    assertThat(firm.registry().judge("model", null, "promote").facts().value("approvals", "count"))
        .isEqualTo(0L);
    assertThatThrownBy(() -> firm.approve(alice, artifact))
        .hasMessageContaining("transition to approved: expected one of the roles [auditor]");
    assertThatThrownBy(
            () -> firm.registry().deploy(sam.id(), artifact.snapshot(), "internal", "chat", null))
        .hasMessageContaining("transition to deployed: expected one of the roles [admin]");
  }

  @Test
  void policySaysFromWhereAStepIsTaken() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    firm.registry()
        .make(Deciding.publish(firm.admin(), Policies.with("transitions.yaml", notExpired())));
    firm.pass(Duration.ofDays(91));
    assertThatThrownBy(() -> firm.approve(alice, artifact))
        .hasMessageContaining("found expired; admit it again");
    firm.registry().answer(alice, artifact.snapshot(), null, true, "safety needs no state");
  }

  private static String notExpired() {
    return new String(DefaultPolicy.files().get("transitions.yaml"), StandardCharsets.UTF_8)
        .replace(", expired]", "]");
  }

  @Test
  void rejectionNeedsOnePerson() throws Exception {
    Artifact artifact = firm.admit(sam, "model", "{}");
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    firm.registry().answer(sam, artifact.snapshot(), null, true, "changed my mind");
    assertThat(firm.promotes(sam, artifact)).isFalse();
    assertThat(firm.registry().resolve("model").state()).isEqualTo("rejected");
  }
}
