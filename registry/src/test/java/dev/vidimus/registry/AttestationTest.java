package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.attestation.AttestedArtifact;
import dev.vidimus.evidence.attestation.Attester;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.policy.Facts;
import dev.vidimus.registry.decide.Deciding;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.Origins;
import dev.vidimus.scan.Meter;
import dev.vidimus.testkit.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others say of an artifact: a fact if the policy lets them say it, and else only shown.
class AttestationTest {
  private static final String PROVENANCE = "https://slsa.dev/provenance/v1";
  private static final String SUMMARY = "https://slsa.dev/verification_summary/v1";
  private static final String BUILDER = "https://ci.example.com/builder";

  @TempDir Path folder;
  private Firm firm;
  private Actor sam;
  private SigningKey builder;
  private Path model;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
    builder = key("ci");
    model = Files.createDirectories(folder.resolve("source/model"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("notes.txt"), "notes");
    trust("may: [provenance], builders: {'" + BUILDER + "': 2}", builder);
  }

  private SigningKey key(String name) throws Exception {
    KeyFile.create(folder.resolve(name + ".pem"), Scheme.ED25519, null);
    return KeyFile.read(folder.resolve(name + ".pem"), null);
  }

  private void trust(String what, SigningKey key) throws Exception {
    String pem = key.verifying().pem().indent(6);
    publish(
        "keys:\n  - identity: ci\n    " + what.replace(", ", "\n    ") + "\n    key: |\n" + pem);
  }

  private void publish(String trust) throws Exception {
    firm.registry().make(Deciding.publish(firm.admin(), Policies.with("trust.yaml", trust)));
  }

  private static JsonObject builtBy(String id) throws Exception {
    return (JsonObject)
        Json.parse(
            """
            {"buildDefinition": {"buildType": "https://ci.example.com/type",
              "externalParameters": {"source": "git+https://git.example.com/model@refs/tags/v1"}},
             "runDetails": {"builder": {"id": "%s"}}}
            """
                .formatted(id),
            "predicate");
  }

  private void attest(Path about, Path to, String type, JsonObject predicate, SigningKey key)
      throws Exception {
    Files.write(
        to, Attester.attest(AttestedArtifact.of(about, List.of(to)), null, type, predicate, key));
  }

  private Path inside(String name) {
    return model.resolve(name);
  }

  private Artifact admit(Path source) throws Exception {
    return firm.registry()
        .admit(
            new Registry.Request(sam.id(), "model", "critical"),
            staging -> LocalSource.fetch(source, source.toString(), staging),
            new Meter())
        .artifact();
  }

  private Facts facts(Artifact artifact) throws Exception {
    return firm.registry().judge(artifact.snapshot(), "critical", "promote").facts();
  }

  private String rule(Artifact artifact) throws Exception {
    return firm
        .registry()
        .judge(artifact.snapshot(), "critical", "promote")
        .decision()
        .rules()
        .stream()
        .filter(result -> result.rule().id().equals("provenance"))
        .map(result -> result.status().word() + " " + result.message())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void provenanceOfTheFolderIsAFact() throws Exception {
    attest(model, inside("build.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), builder);
    Artifact artifact = admit(model);
    Facts facts = facts(artifact);
    assertThat(facts.value("provenance", "level")).isEqualTo(2L);
    assertThat(facts.value("provenance", "builders")).isEqualTo(List.of(BUILDER));
    assertThat(facts.value("provenance", "sources"))
        .isEqualTo(List.of("git+https://git.example.com/model@refs/tags/v1"));
    assertThat(facts.value("provenance", "signers")).isEqualTo(List.of("ci"));
    assertThat(rule(artifact)).isEqualTo("pass ");
    List<Artifact> signed =
        firm.registry().ask(sql -> new Impact(sql).artifacts(List.of("signer:ci")));
    assertThat(signed).extracting(Artifact::snapshot).containsExactly(artifact.snapshot());
  }

  /// What a builder says that it fetched, by whoever is trusted, and by anybody else.
  @Test
  void materialsOfProvenanceAreEdges() throws Exception {
    JsonObject predicate =
        (JsonObject)
            Json.parse(
                """
                {"buildDefinition": {"buildType": "https://ci.example.com/type",
                  "externalParameters": {},
                  "resolvedDependencies": [
                    {"uri": "git+https://git.example.com/model", "digest": {"gitCommit": "ab12"}},
                    {"uri": "hf://acme/base@0123456789"},
                    {"uri": "https://files.example.com/x", "digest": {"sha256": "00ff"}}]},
                 "runDetails": {"builder": {"id": "%s"}}}
                """
                    .formatted(BUILDER),
                "predicate");
    attest(model, inside("build.intoto.jsonl"), PROVENANCE, predicate, builder);
    assertThat(claims(admit(model)))
        .containsExactlyInAnyOrder(
            "attested tool uses " + BUILDER,
            "attested code uses git+https://git.example.com/model",
            "attested model made-from acme/base",
            "attested material made-from https://files.example.com/x");
    publish("keys: []\n");
    assertThat(claims(admit(model))).hasSize(4).allMatch(claim -> claim.startsWith("declared"));
  }

  private List<String> claims(Artifact artifact) throws Exception {
    return firm.registry().ask(sql -> new Origins(sql).claims(artifact.snapshot())).stream()
        .map(one -> one.status() + " " + one.kind() + " " + one.relation() + " " + one.target())
        .toList();
  }

  @Test
  void noProvenanceIsUnknown() throws Exception {
    Artifact artifact = admit(model);
    assertThat(facts(artifact).value("provenance", "present")).isEqualTo(0L);
    assertThat(rule(artifact)).isEqualTo("unknown no evidence says provenance.level");
  }

  @Test
  void provenanceByAnotherKeyIsShownAndNoFact() throws Exception {
    SigningKey mallory = key("mallory");
    attest(model, inside("build.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), mallory);
    Facts facts = facts(admit(model));
    assertThat(facts.value("provenance", "present")).isEqualTo(1L);
    assertThat(facts.value("provenance", "verified")).isEqualTo(0L);
  }

  @Test
  void builderForWhomTheSignerMayNotSpeakIsNoFact() throws Exception {
    attest(model, inside("b.intoto.jsonl"), PROVENANCE, builtBy("https://other.example"), builder);
    assertThat(rule(admit(model))).startsWith("unknown");
  }

  @Test
  void provenanceOfOtherBytesIsNoFact() throws Exception {
    attest(model, inside("b.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), builder);
    Files.writeString(inside("config.json"), "{\"changed\": true}");
    assertThat(rule(admit(model))).startsWith("unknown");
  }

  @Test
  void fileThatNobodyBuiltTakesTheLevelAway() throws Exception {
    Path about = inside("config.json");
    attest(about, inside("config.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), builder);
    Artifact artifact = admit(model);
    assertThat(facts(artifact).value("provenance", "verified")).isEqualTo(1L);
    assertThat(rule(artifact)).startsWith("fail SLSA build level 0 of 2; 1 files are not covered");
    attest(inside("notes.txt"), inside("n.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), builder);
    assertThat(rule(admit(model))).isEqualTo("pass ");
  }

  @Test
  void attestationBesideASingleFileIsFound() throws Exception {
    Path file = inside("config.json");
    attest(file, inside("config.json.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), builder);
    Artifact artifact = admit(file);
    assertThat(artifact.files()).isEqualTo(1);
    assertThat(rule(artifact)).isEqualTo("pass ");
  }

  @Test
  void trustThatIsTakenBackTakesTheFactAway() throws Exception {
    attest(model, inside("build.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), builder);
    Artifact artifact = admit(model);
    trust("may: [provenance], builders: {'" + BUILDER + "': 1}", builder);
    assertThat(rule(artifact)).startsWith("fail SLSA build level 1 of 2");
    trust("may: [provenance], builders: {'https://other.example': 2}", builder);
    assertThat(rule(artifact)).startsWith("unknown");
    publish("keys: []\n");
    assertThat(rule(artifact)).startsWith("unknown");
    assertThat(facts(artifact).value("attestations", "verified")).isEqualTo(0L);
  }

  @Test
  void summaryCountsForItsVerifierAndPlace() throws Exception {
    String passed =
        """
        {"verifier": {"id": "https://gate.example.com"}, "timeVerified": "2026-11-20T00:00:00Z",
         "resourceUri": "%s", "policy": {"uri": "https://gate.example.com/p"},
         "verificationResult": "PASSED", "verifiedLevels": ["SLSA_BUILD_LEVEL_3"]}
        """;
    trust(
        "may: [vsa], verifiers: ['https://gate.example.com'],"
            + " resources: ['hub://models.example.com/*']",
        builder);
    Path to = inside("vsa.intoto.jsonl");
    JsonObject here =
        (JsonObject) Json.parse(passed.formatted("hub://models.example.com/a/b"), "vsa");
    attest(model, to, SUMMARY, here, builder);
    Facts facts = facts(admit(model));
    assertThat(facts.value("summaries", "verified")).isEqualTo(1L);
    assertThat(facts.value("summaries", "levels")).isEqualTo(List.of("SLSA_BUILD_LEVEL_3"));
    JsonObject elsewhere = (JsonObject) Json.parse(passed.formatted("hub://other/a/b"), "vsa");
    attest(model, to, SUMMARY, elsewhere, builder);
    assertThat(facts(admit(model)).value("summaries", "verified")).isEqualTo(0L);
  }

  @Test
  void brokenAttestationIsShownAndHidesNoOther() throws Exception {
    attest(model, inside("build.intoto.jsonl"), PROVENANCE, builtBy(BUILDER), builder);
    Path broken = inside("a.sigstore.json");
    Path good = inside("build.intoto.jsonl");
    Files.writeString(broken, "no JSON");
    Files.write(
        good,
        Attester.attest(
            AttestedArtifact.of(model, List.of(broken, good)),
            null,
            PROVENANCE,
            builtBy(BUILDER),
            builder));
    Artifact artifact = admit(model);
    assertThat(facts(artifact).value("attestations", "present")).isEqualTo(2L);
    assertThat(rule(artifact)).isEqualTo("pass ");
  }

  @Test
  void tooManyAttestationsAreUnknown() throws Exception {
    for (int i = 0; i < 33; i++) {
      Files.writeString(inside("a" + i + ".intoto.jsonl"), "{}");
    }
    assertThat(rule(admit(model))).isEqualTo("unknown no evidence says provenance.level");
    assertThat(facts(admit(model)).value("provenance", "present")).isNull();
  }

  @Test
  void policyWithAKeyThatCannotBeReadIsNotPublished() {
    assertThatThrownBy(() -> publish("keys:\n  - {identity: a, may: [openvex], key: nonsense}\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("trust.yaml:2:5: key");
  }

  /// Published by a builder on GitHub, and verified with Sigstore's own trusted root.
  @Test
  void provenanceByAnIdentityOfSigstoreIsAFact() throws Exception {
    Path signing = Fixtures.folder("signing");
    String id =
        "https://github.com/bazel-contrib/publish-to-bcr/.github/workflows/publish.yaml@refs/tags/v0.0.1";
    String trust =
        """
        keys: []
        identities:
          - identity: %s
            issuer: https://token.actions.githubusercontent.com
            root: public-good
            may: [provenance]
            builders: {%s: 3}
        """
            .formatted(id, id);
    byte[] root = Files.readAllBytes(signing.resolve("trusted_root.pgi.json"));
    firm.registry()
        .make(
            Deciding.publish(
                firm.admin(), Policies.with("trust.yaml", trust, "trust/public-good.json", root)));
    Path to = Files.createDirectories(folder.resolve("source/bcr"));
    for (String name : List.of("bcr_MODULE.bazel", "bcr_MODULE.bazel.intoto.jsonl")) {
      Files.copy(
          signing.resolve("slsa").resolve(name),
          to.resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Facts facts = facts(admit(to.resolve("bcr_MODULE.bazel")));
    assertThat(facts.value("provenance", "level")).isEqualTo(3L);
    assertThat(facts.value("provenance", "signers")).isEqualTo(List.of(id));
  }
}
