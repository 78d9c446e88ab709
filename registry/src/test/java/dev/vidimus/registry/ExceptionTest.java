package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Artifact;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rule that does not apply for a while. The scan here is too old for its tier.
class ExceptionTest {
  private static final Duration TOO_OLD = Duration.ofDays(91);

  @TempDir Path folder;
  private Firm firm;
  private Actor sam;
  private Actor owner;
  private Actor alice;
  private Actor bob;
  private Artifact artifact;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
    owner = firm.person("owner");
    alice = firm.person("alice");
    bob = firm.person("bob");
    artifact = firm.admit(sam, "model", "{}");
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    assertThat(firm.promotes(sam, artifact)).isTrue();
    firm.pass(TOO_OLD);
  }

  private String request(Duration duration) throws Exception {
    return firm.registry()
        .requestException(owner, "model", "scan-fresh", "no time", duration)
        .envelope();
  }

  private void grant(Actor actor, String request) throws Exception {
    firm.registry().make(Acts.grantException(actor, request));
  }

  private boolean judges(String stage) throws Exception {
    return firm.registry().judge("model", null, stage).decision().passed();
  }

  @Test
  void holdsFromItsGrantToItsEndEverywhere() throws Exception {
    assertThat(firm.gateOpens(artifact)).isFalse();
    String request = request(Duration.ofDays(2));
    assertThat(firm.gateOpens(artifact)).isFalse();
    grant(alice, request);
    assertThat(firm.gateOpens(artifact)).isTrue();
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    assertThat(judges("promote")).isTrue();
    assertThat(firm.promotes(sam, artifact)).isTrue();
    firm.pass(Duration.ofDays(2).minusMillis(1));
    assertThat(judges("promote")).isTrue();
    assertThat(firm.gateOpens(artifact)).isTrue();
    firm.pass(Duration.ofMillis(1));
    assertThat(judges("promote")).isFalse();
    assertThat(judges("deploy")).isFalse();
    assertThat(judges("runtime")).isFalse();
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThat(firm.promotes(sam, artifact)).isFalse();
  }

  @Test
  void requestAndGrantVoidApprovals() throws Exception {
    firm.approve(alice, firm.admit(sam, "model", "{}"));
    firm.approve(bob, artifact);
    assertThat(judges("promote")).isTrue();
    String request = request(Duration.ofDays(2));
    assertThat(judges("promote")).isFalse();
    firm.approve(alice, artifact);
    firm.approve(bob, artifact);
    assertThat(judges("promote")).isTrue();
    grant(alice, request);
    assertThat(judges("promote")).isFalse();
  }

  @Test
  void nobodyGrantsTheirOwnNorTwice() throws Exception {
    String request = request(Duration.ofDays(2));
    assertThatThrownBy(() -> grant(owner, request))
        .hasMessageContaining("another person than the owner");
    grant(alice, request.substring(0, "sha256:".length() + 12));
    assertThatThrownBy(() -> grant(bob, request)).hasMessageContaining("not granted yet");
    assertThatThrownBy(() -> grant(bob, "sha256:00")).hasMessageContaining("the id of a request");
  }

  @Test
  void tierSaysHowLongAndPolicyWhichRule() {
    assertThatThrownBy(() -> request(Duration.ofDays(60).plusSeconds(1)))
        .hasMessageContaining("at most 60 days");
    assertThatThrownBy(() -> request(Duration.ZERO)).hasMessageContaining("in the future");
    assertThatThrownBy(
            () ->
                firm.registry()
                    .requestException(owner, "model", "approved", "why", Duration.ofDays(1)))
        .hasMessageContaining("of which an exception may be made");
    assertThatThrownBy(
            () ->
                firm.registry()
                    .requestException(owner, "model", "no-rule", "why", Duration.ofDays(1)))
        .hasMessageContaining("one of [approved, ");
  }
}
