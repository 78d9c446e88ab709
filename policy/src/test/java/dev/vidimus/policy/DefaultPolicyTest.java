package dev.vidimus.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.policy.Decision.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The policy that holds by default.
class DefaultPolicyTest {
  private static final Path PACKED =
      Path.of("src/main/resources/dev/vidimus/policy/default.policy");

  private CheckedPolicy policy;

  /// After a change of the files: `mvn test -pl policy -am -Dtest.jvm=-Dpolicy.write=true`.
  @BeforeEach
  void compile() throws Exception {
    if (Boolean.getBoolean("policy.write")) {
      Files.write(
          PACKED, Packed.of(CheckedPolicy.compile(PolicyBundle.read(DefaultPolicy.files()))));
    }
    policy = Packed.read(Files.readAllBytes(PACKED));
  }

  private static Facts.Builder clean(String tier, String... unknown) {
    Facts.Builder facts = new Facts.Builder();
    facts.put(FactSchema.QUESTION, "tier", tier).put(FactSchema.QUESTION, "stage", "promote");
    facts.put(FactSchema.QUESTION, "environment", tier);
    facts.put(FactSchema.QUESTION, "now", "2026-11-21T10:00:00Z");
    facts.put(FactSchema.REVOCATION, "revoked", false).put(FactSchema.REVOCATION, "reason", "");
    facts.put(FactSchema.SCAN, "verdict", "clean").put(FactSchema.SCAN, "complete", true);
    facts.put(FactSchema.SCAN, "notExamined", 0L).put(FactSchema.SCAN, "ageHours", 0L);
    facts.put(FactSchema.SCAN, "critical", 0L).put(FactSchema.SCAN, "high", 0L);
    facts.put(FactSchema.SCAN, "rules", List.of());
    facts.put(FactSchema.SCAN, "formats", List.of("safetensors", "json"));
    facts.put(FactSchema.REPOSITORY, "code", List.of());
    facts.put(FactSchema.REPOSITORY, "elsewhere", List.of());
    facts.put(FactSchema.REPOSITORY, "templates", List.of());
    facts.put(FactSchema.REPOSITORY, "surprises", List.of());
    facts.put(FactSchema.REPOSITORY, "missing", 0L);
    facts.put(FactSchema.LINEAGE, "claims", 0L).put(FactSchema.LINEAGE, "verified", 0L);
    facts
        .put(FactSchema.LINEAGE, "refuted", List.of())
        .put(FactSchema.LINEAGE, "unverified", List.of());
    List<String> lists =
        new ArrayList<>(List.of("malware", "vulnerable", "open", "sources", "lookAlikes"));
    lists.addAll(List.of("unseen", "licences", "widened", "contradictions"));
    lists.removeAll(List.of(unknown));
    lists.forEach(list -> facts.put(FactSchema.INVENTORY, list, List.of()));
    facts.put(FactSchema.INVENTORY, "missing", 0L);
    facts.put(FactSchema.INVENTORY, "advisoriesAgeDays", 0L);
    facts.put(FactSchema.ARTIFACT, "notInIdentity", 0L);
    facts.put(FactSchema.SIGNATURES, "present", 0L).put(FactSchema.SIGNATURES, "verified", 0L);
    facts.put(FactSchema.SIGNATURES, "unsignedFiles", 0L);
    facts.put(FactSchema.APPROVALS, "count", 0L).put(FactSchema.APPROVALS, "rejections", 0L);
    return facts;
  }

  @Test
  void mayBePublished() {
    assertThat(PolicyTests.obstacles(policy)).isEmpty();
  }

  @Test
  void isCompiledFromItsFiles() throws Exception {
    CheckedPolicy compiled = CheckedPolicy.compile(PolicyBundle.read(DefaultPolicy.files()));
    assertThat(Packed.of(compiled)).isEqualTo(Files.readAllBytes(PACKED));
  }

  @Test
  void sandboxNeedsNobody() {
    assertThat(policy.evaluate(clean("sandbox").build()).outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aMaliciousPackageStopsEverybodyAndIgnoranceOnlyProduction() {
    Facts.Builder facts = clean("sandbox");
    facts.put(FactSchema.INVENTORY, "malware", List.of("requirements.txt: evil 1.0"));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.FAILED);
    Facts.Builder unasked = clean("sandbox", "malware");
    assertThat(policy.evaluate(unasked.build()).outcome()).isEqualTo(Outcome.PASSED);
    assertThat(policy.evaluate(unasked.build()).rules())
        .filteredOn(one -> one.rule().id().equals("no-malicious-package"))
        .extracting(one -> one.status() + " " + one.mode())
        .containsExactly("UNKNOWN WARN");
    unasked.put(FactSchema.QUESTION, "tier", "production");
    assertThat(policy.evaluate(unasked.build()).blocking())
        .extracting(one -> one.rule().id())
        .contains("no-malicious-package");
  }

  @Test
  void internalWaitsForTwoPeople() {
    Facts.Builder facts = clean("internal");
    Decision waiting = policy.evaluate(facts.build());
    assertThat(waiting.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(waiting.actions()).hasSize(1).first().asString().contains("vidimus approve");
    facts.put(FactSchema.APPROVALS, "count", 2L);
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void ownCodeIsForThoseWhoWarnOnly() {
    Facts.Builder facts = clean("internal");
    facts.put(FactSchema.APPROVALS, "count", 2L);
    facts.put(FactSchema.REPOSITORY, "code", List.of("modeling_net.py"));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.PASSED);
    facts.put(FactSchema.QUESTION, "tier", "critical");
    assertThat(policy.evaluate(facts.build()).blocking())
        .extracting(r -> r.message())
        .contains("loaders would run modeling_net.py");
  }

  @Test
  void anUnverifiedOriginStopsProductionUntilSomebodyAnswersForIt() {
    Facts.Builder facts = clean("internal");
    facts.put(FactSchema.APPROVALS, "count", 2L);
    facts.put(FactSchema.LINEAGE, "unverified", List.of("acme/base is not in the registry"));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.PASSED);
    facts.put(FactSchema.QUESTION, "tier", "production");
    assertThat(policy.evaluate(facts.build()).blocking())
        .extracting(r -> r.rule().id())
        .containsExactly("lineage-verified");
    Instant end = Instant.parse("2026-11-22T10:00:00Z");
    facts.exempt(new Facts.Exempt("x", "lineage-verified", "p-1", "p-2", end));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aFalseOriginStopsProductionByARuleOfItsOwn() {
    Facts.Builder facts = clean("internal");
    facts.put(FactSchema.APPROVALS, "count", 2L);
    facts.put(FactSchema.LINEAGE, "refuted", List.of("acme/base gguf: REFUTED WRONG_SOURCE"));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.PASSED);
    facts.put(FactSchema.QUESTION, "tier", "production");
    assertThat(policy.evaluate(facts.build()).blocking())
        .extracting(r -> r.rule().id())
        .containsExactly("lineage-not-refuted");
  }

  @Test
  void missingScanIsUnknownAndNamed() {
    Facts.Builder facts = new Facts.Builder();
    facts.put(FactSchema.QUESTION, "tier", "internal").put(FactSchema.QUESTION, "stage", "promote");
    facts.put(FactSchema.REVOCATION, "revoked", false).put(FactSchema.REVOCATION, "reason", "");
    facts.put(FactSchema.APPROVALS, "count", 2L).put(FactSchema.APPROVALS, "rejections", 0L);
    Decision decision = policy.evaluate(facts.build());
    assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(decision.blocking())
        .extracting(r -> r.message())
        .anyMatch(message -> message.startsWith("no evidence says scan."))
        .anyMatch(message -> message.startsWith("no evidence says repository."));
  }

  @Test
  void exceptionEndsAtItsInstantAndNeedsTwoPeople() {
    Instant end = Instant.parse("2026-11-21T10:00:01Z");
    Facts.Builder facts = clean("internal");
    facts.put(FactSchema.APPROVALS, "count", 2L).put(FactSchema.SCAN, "complete", false);
    facts.put(FactSchema.SCAN, "notExamined", 3L);
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.FAILED);
    facts.exempt(new Facts.Exempt("x", "scan-complete", "p-1", "", end));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.FAILED);
    facts.exempt(new Facts.Exempt("x", "scan-complete", "p-1", "p-1", end));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.FAILED);
    facts.exempt(new Facts.Exempt("x", "scan-complete", "p-1", "p-2", end));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.PASSED);
    facts.put(FactSchema.QUESTION, "now", end.toString());
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void maliciousHasNoException() {
    Facts.Builder facts = clean("sandbox");
    facts.put(FactSchema.SCAN, "verdict", "malicious");
    Instant end = Instant.parse("2026-11-22T10:00:00Z");
    facts.exempt(new Facts.Exempt("x", "scan-not-malicious", "p-1", "p-2", end));
    assertThat(policy.evaluate(facts.build()).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void factsAreReadAsTheyWereWritten() throws Exception {
    Facts facts = clean("internal").evidence(FactSchema.SCAN, List.of("sha256:ab")).build();
    Facts read = Facts.read(facts.json());
    assertThat(read.json()).isEqualTo(facts.json());
    assertThat(policy.evaluate(read)).isEqualTo(policy.evaluate(facts));
  }
}
