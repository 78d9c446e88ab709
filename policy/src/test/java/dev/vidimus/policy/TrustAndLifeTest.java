package dev.vidimus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.policy.Decision.Outcome;
import dev.vidimus.policy.PolicyRule.Mode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whom a bundle trusts, what it excepts, and who may take which step.
class TrustAndLifeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  private static Map<String, byte[]> with(String file, String content) {
    Map<String, byte[]> files = new TreeMap<>(DefaultPolicy.files());
    files.put(file, content.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static void refused(String file, String content, String message) {
    assertThatThrownBy(() -> PolicyBundle.read(with(file, content)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message);
  }

  private static String exception(String rule, String owner, String approver, Instant expires) {
    return "- {id: x, rule: %s, artifact: '%s', reason: r, owner: %s, approver: %s, expires: %s}\n"
        .formatted(rule, DIGEST, owner, approver, expires);
  }

  private static Facts.Builder incomplete() {
    Facts.Builder facts = new Facts.Builder();
    facts.put(FactSchema.QUESTION, "tier", "internal").put(FactSchema.QUESTION, "stage", "deploy");
    facts.put(FactSchema.QUESTION, "now", NOW.toString());
    facts.put(FactSchema.ARTIFACT, "snapshot", "sha256:" + "cd".repeat(32));
    facts.put(FactSchema.ARTIFACT, "aliases", List.of(DIGEST));
    facts.put(FactSchema.ARTIFACT, "submitters", List.of("p-sam"));
    facts.put(FactSchema.REVOCATION, "revoked", false).put(FactSchema.REVOCATION, "reason", "");
    facts.put(FactSchema.SCAN, "verdict", "clean").put(FactSchema.SCAN, "complete", false);
    facts.put(FactSchema.SCAN, "notExamined", 1L).put(FactSchema.SCAN, "ageHours", 0L);
    facts.put(FactSchema.SCAN, "finishedOn", NOW.toString());
    for (String list : List.of("code", "elsewhere", "templates", "surprises")) {
      facts.put(FactSchema.REPOSITORY, list, List.of());
    }
    facts.put(FactSchema.REPOSITORY, "missing", 0L);
    for (String list :
        List.of(
            "malware",
            "vulnerable",
            "open",
            "sources",
            "lookAlikes",
            "unseen",
            "licences",
            "widened",
            "contradictions")) {
      facts.put(FactSchema.INVENTORY, list, List.of());
    }
    facts.put(FactSchema.INVENTORY, "missing", 0L);
    facts.put(FactSchema.INVENTORY, "advisoriesAgeDays", 0L);
    return facts;
  }

  private static Decision judged(String exceptions, Facts facts) throws Exception {
    return CheckedPolicy.compile(PolicyBundle.read(with("exceptions/all.yaml", exceptions)))
        .evaluate(facts);
  }

  @Test
  void exceptionOfThePolicyHoldsForAnyAliasUntilItsEnd() throws Exception {
    Instant end = NOW.plusSeconds(1);
    String one = exception("scan-complete", "p-ann", "p-ben", end);
    Decision held = judged(one, incomplete().build());
    assertThat(held.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(held.until()).isEqualTo(end);
    assertThat(held.rules())
        .filteredOn(rule -> rule.status() == Decision.Status.EXCEPTED)
        .extracting(Decision.RuleResult::exception)
        .containsExactly("policy:x");
    Facts later = incomplete().put(FactSchema.QUESTION, "now", end.toString()).build();
    assertThat(judged(one, later).outcome()).isEqualTo(Outcome.FAILED);
    Facts other = incomplete().put(FactSchema.ARTIFACT, "aliases", List.of()).build();
    assertThat(judged(one, other).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void exceptionIsGrantedByNobodyWhoSubmitted() throws Exception {
    String one = exception("scan-complete", "p-ann", "p-sam", NOW.plusSeconds(9));
    assertThat(judged(one, incomplete().build()).outcome()).isEqualTo(Outcome.FAILED);
    Facts.Builder asked = incomplete();
    asked.exempt(
        new Facts.Exempt("x", "scan-complete", "p-ann", "p-sam", NOW.plus(Duration.ofDays(1))));
    assertThat(judged("[]", asked.build()).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void exceptionIsNeverLongerThanItsTierAllows() throws Exception {
    String one = exception("scan-complete", "p-ann", "p-ben", NOW.plus(Duration.ofDays(61)));
    assertThat(judged(one, incomplete().build()).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void exceptionOfOnePersonIsRefused() {
    refused(
        "exceptions/a.yaml",
        exception("scan-complete", "p-ann", "p-ann", NOW),
        "exceptions/a.yaml:1:152: is nobody, or the owner: an exception takes two people");
  }

  @Test
  void exceptionOfARuleThatHasNoneIsRefused() {
    refused(
        "exceptions/a.yaml",
        exception("not-revoked", "p-ann", "p-ben", NOW),
        "not-revoked is no rule of which an exception may be made");
    refused(
        "exceptions/a.yaml",
        exception("scan-complet", "p-ann", "p-ben", NOW),
        "did you mean scan-complete?");
  }

  @Test
  void exceptionOfNoExactDigestIsRefused() {
    refused(
        "exceptions/a.yaml",
        exception("scan-complete", "p-ann", "p-ben", NOW).replace(DIGEST, "sha256:*"),
        "is no exact digest");
  }

  @Test
  void evidenceEndsWhenItsLastAllowedHourIsOver() throws Exception {
    Facts.Builder facts = incomplete().put(FactSchema.SCAN, "complete", true);
    Decision fresh = judged("[]", facts.build());
    assertThat(fresh.until()).isEqualTo(NOW.plus(Duration.ofHours(2161)));
    assertThat(fresh.expired()).isFalse();
    facts.put(FactSchema.SCAN, "ageHours", 2161L);
    assertThat(judged("[]", facts.build()).expired()).isTrue();
  }

  @Test
  void modeDiffersByTierAndARuleOffEverywhereElse() throws Exception {
    PolicyBundle bundle = PolicyBundle.read(DefaultPolicy.files());
    PolicyRule signed =
        bundle.rules().stream()
            .filter(rule -> rule.id().equals("signed"))
            .findFirst()
            .orElseThrow();
    assertThat(signed.mode("critical")).isEqualTo(Mode.ENFORCE);
    assertThat(signed.mode("production")).isEqualTo(Mode.WARN);
    assertThat(signed.mode("sandbox")).isEqualTo(Mode.OFF);
    assertThat(signed.tiers()).containsExactly("production", "critical");
  }

  @Test
  void stepThatIsForgottenIsTold() {
    refused(
        "transitions.yaml",
        "transitions:\n  - {to: approved, roles: [reviewer]}\n",
        "has no transition to rejected, promoted");
  }

  @Test
  void noStateKeepsAnybodyFromASafeStep() {
    refused(
        "transitions.yaml",
        "transitions:\n  - {to: revoked, from: [approved], roles: [security]}\n",
        "transitions.yaml:2:25: revoked is a step towards safety");
  }

  @Test
  void roleThatNobodyHasIsTold() {
    refused(
        "transitions.yaml",
        "transitions:\n  - {to: revoked, roles: [securty]}\n",
        "did you mean security?");
  }

  @Test
  void whoeverMayIssueProvenanceSpeaksForNamedBuilders() {
    refused(
        "trust.yaml",
        "keys:\n  - {identity: a, may: [provenance], key: k}\n",
        "trust.yaml:2:5: may issue provenance, and has no builders");
    refused(
        "trust.yaml",
        "keys:\n  - {identity: a, may: [vsa], key: k}\n",
        "may issue a vsa, and has no verifiers");
  }

  @Test
  void identityNeedsATrustedRootOfTheBundle() {
    refused(
        "trust.yaml",
        "keys: []\nidentities:\n  - {identity: a, issuer: b, root: c}\n",
        "the bundle has no file trust/c.json");
  }

  @Test
  void predicateTypeIsAWordOrAUri() throws Exception {
    refused(
        "trust.yaml",
        "keys:\n  - {identity: a, may: [provenence], key: k}\n",
        "did you mean provenance?");
    PolicyBundle bundle =
        PolicyBundle.read(
            with(
                "trust.yaml",
                "keys:\n  - {identity: a, may: [openvex, 'https://a.example/b/v1'], key: k}\n"));
    assertThat(bundle.trusted().getFirst().may())
        .containsExactly("https://openvex.dev/ns", "https://a.example/b/v1");
  }
}
