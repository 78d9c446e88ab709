package dev.vidimus.evidence.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.slsa.Provenance;
import dev.vidimus.evidence.slsa.ProvenanceExpectations;
import dev.vidimus.evidence.slsa.VerificationSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Provenance and summaries that we attested ourselves, each refused for one wrong expectation.
class OwnSlsaTest {
  private static final String PROVENANCE =
      """
      {"buildDefinition": {
         "buildType": "https://vidimus.example/train/v1",
         "externalParameters": {
           "source": {"uri": "git+https://git.example/train@refs/tags/v1.0"},
           "recipe": "lora.yaml",
           "seed": 7},
         "internalParameters": {"gpu": "none of the consumer's business"},
         "resolvedDependencies": [
           {"uri": "git+https://git.example/train@refs/tags/v1.0", "digest": {"gitCommit": "aa"}},
           {"name": "base", "digest": {"sha256":
             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}]},
       "runDetails": {"builder": {"id": "https://ci.example/trainer@refs/tags/v2.0.1"}}}
      """;
  private static final List<String> EXPECTED =
      List.of(
          "builder=https://ci.example/trainer",
          "build-type=https://vidimus.example/train/v1",
          "source=https://git.example/train",
          "tag=v1.0",
          "param.recipe=lora.yaml",
          "param.seed=7",
          "dependency=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  private static final String SUMMARY =
      """
      {"verifier": {"id": "https://gate.example/v1"}, "timeVerified": "2026-10-01T00:00:00Z",
       "resourceUri": "vidimus://prod/model", "policy": {"uri": "policy.yaml"},
       "verificationResult": "%s",
       "verifiedLevels": ["SLSA_BUILD_LEVEL_2", "SLSA_SOURCE_LEVEL_UNEVALUATED", "OWN_1"]}
      """;

  @TempDir Path folder;
  private Attested attested;

  @BeforeEach
  void attested() throws Exception {
    attested = Attested.in(folder);
  }

  private AttestationsVerification provenance(List<String> expected) throws Exception {
    return attested.verify(
        attested.bundle(attested.artifact(), Provenance.V1, PROVENANCE),
        Attested.ofBuild(Provenance.V1, expected.toArray(String[]::new)));
  }

  private AttestationsVerification summary(String result, String... expected) throws Exception {
    return attested.verify(
        attested.bundle(attested.artifact(), VerificationSummary.V1, SUMMARY.formatted(result)),
        Attested.ofSummary(
            expected[0], expected[1], Arrays.copyOfRange(expected, 2, expected.length)));
  }

  private static String failed(AttestationsVerification verification) {
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.NO);
    Step last = verification.each().getFirst().steps().getLast();
    assertThat(last.ok()).isFalse();
    assertThat(last.reason()).contains("expected", "found");
    return last.name();
  }

  @Test
  void provenanceAsExpectedVerifies() throws Exception {
    AttestationsVerification verification = provenance(EXPECTED);
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
    assertThat(verification.each().getFirst().claims())
        .containsEntry("source", "git+https://git.example/train@refs/tags/v1.0")
        .containsEntry("matched", "dirHash");
  }

  @ParameterizedTest
  @CsvSource({
    "builder=https://ci.example/trainer, builder=https://ci.example/other, builder",
    "builder=https://ci.example/trainer, builder=https://ci.example/train, builder",
    "build-type=https://vidimus.example/train/v1, build-type=https://vidimus.example/train, build"
        + " type",
    "source=https://git.example/train, source=https://git.example/fork, source",
    "tag=v1.0, tag=v1, ref",
    "tag=v1.0, ref=refs/heads/main, ref",
    "param.recipe=lora.yaml, param.recipe=full.yaml, parameters",
    "param.seed=7, param.seed=8, parameters",
    "param.seed=7, param.other=7, parameters",
    "dependency=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
        + " dependency=sha256:00b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
        + " dependencies",
    "dependency=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
        + " dependency=git+https://git.example/train, dependencies"
  })
  void oneWrongExpectationRefuses(String right, String wrong, String step) throws Exception {
    List<String> expected = new ArrayList<>(EXPECTED);
    assertThat(expected.remove(right)).isTrue();
    expected.add(wrong);
    assertThat(failed(provenance(expected))).isEqualTo(step);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source=https://git.example/train",
        "tag=v1.0",
        "param.recipe=lora.yaml",
        "param.seed=7"
      })
  void parameterThatNobodyExpectsRefuses(String left) throws Exception {
    List<String> expected = new ArrayList<>(EXPECTED);
    assertThat(expected.remove(left)).isTrue();
    assertThat(failed(provenance(expected))).isEqualTo("parameters");
  }

  /// Names that look like the place of the source, or like no place at all.
  @ParameterizedTest
  @ValueSource(strings = {"\"source.uri\": \"evil\",", "\"\": \"evil\",", "\"recipe.x\": [1],"})
  void parameterInDisguiseRefuses(String member) throws Exception {
    String predicate = PROVENANCE.replace("\"recipe\":", member + "\"recipe\":");
    byte[] bundle = attested.bundle(attested.artifact(), Provenance.V1, predicate);
    assertThat(
            failed(
                attested.verify(bundle, Attested.ofBuild(null, EXPECTED.toArray(String[]::new)))))
        .isEqualTo("parameters");
  }

  @Test
  void parameterMayBeAnythingIfTheCallerSaysSo() throws Exception {
    assertThat(provenance(List.of("builder=https://ci.example/trainer", "param.*=*")).answer())
        .isEqualTo(Answer.YES);
  }

  /// A builder's moving tag or branch is not its release.
  @Test
  void builderWithoutARefMeansItsReleases() throws Exception {
    for (String id :
        List.of(
            "https://ci.example/trainer@refs/heads/main",
            "https://ci.example/trainer@refs/tags/v2",
            "https://ci.example/trainer-evil@refs/tags/v2.0.1")) {
      byte[] bundle =
          attested.bundle(
              attested.artifact(),
              Provenance.V1,
              PROVENANCE.replace("https://ci.example/trainer@refs/tags/v2.0.1", id));
      assertThat(
              failed(
                  attested.verify(
                      bundle,
                      Attested.ofBuild(null, "builder=https://ci.example/trainer", "param.*=*"))))
          .isEqualTo("builder");
    }
  }

  /// Two places that disagree about the source: neither wins.
  @Test
  void contradictorySourcesRefuse() throws Exception {
    String predicate =
        PROVENANCE.replace(
            "{\"uri\": \"git+https://git.example/train@refs/tags/v1.0\", \"digest\"",
            "{\"uri\": \"git+https://git.example/fork@refs/tags/v1.0\", \"digest\"");
    byte[] bundle = attested.bundle(attested.artifact(), Provenance.V1, predicate);
    assertThat(
            failed(
                attested.verify(bundle, Attested.ofBuild(null, EXPECTED.toArray(String[]::new)))))
        .isEqualTo("source");
  }

  @Test
  void provenanceOfAnotherKindIsNoProvenance() throws Exception {
    byte[] bundle = attested.bundle(attested.artifact(), "https://other.example/v1", PROVENANCE);
    assertThat(
            failed(
                attested.verify(bundle, Attested.ofBuild(null, EXPECTED.toArray(String[]::new)))))
        .isEqualTo("predicate type");
  }

  @Test
  void provenanceWithoutABuilderIsNoAnswer() throws Exception {
    byte[] bundle =
        attested.bundle(
            attested.artifact(), Provenance.V1, PROVENANCE.replace("\"id\"", "\"identifier\""));
    assertThat(attested.verify(bundle, Attested.ofBuild(null, "param.*=*")).answer())
        .isEqualTo(Answer.COULD_NOT_TELL);
  }

  @Test
  void summaryAsExpectedVerifies() throws Exception {
    AttestationsVerification verification =
        summary(
            "PASSED",
            "https://gate.example/v1",
            "vidimus://prod/model",
            "SLSA_BUILD_LEVEL_1",
            "SLSA_BUILD_LEVEL_2",
            "OWN_1");
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, https://gate.example/v2, vidimus://prod/model, SLSA_BUILD_LEVEL_1, verifier",
    "PASSED, , vidimus://prod/model, SLSA_BUILD_LEVEL_1, verifier",
    "PASSED, https://gate.example/v1, vidimus://prod/model2, SLSA_BUILD_LEVEL_1, resource",
    "PASSED, https://gate.example/v1, , SLSA_BUILD_LEVEL_1, resource",
    "FAILED, https://gate.example/v1, vidimus://prod/model, SLSA_BUILD_LEVEL_1, result",
    "passed, https://gate.example/v1, vidimus://prod/model, SLSA_BUILD_LEVEL_1, result",
    "PASSED, https://gate.example/v1, vidimus://prod/model, SLSA_BUILD_LEVEL_3, levels",
    "PASSED, https://gate.example/v1, vidimus://prod/model, SLSA_SOURCE_LEVEL_0, levels",
    "PASSED, https://gate.example/v1, vidimus://prod/model, OWN_0, levels"
  })
  void oneWrongExpectationOfASummaryRefuses(
      String result, String verifier, String resource, String level, String step) throws Exception {
    assertThat(failed(summary(result, verifier, resource, level))).isEqualTo(step);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "builder",
        "builder=",
        "color=red",
        "param.=x",
        "builder=a,builder=b",
        "tag=1,ref=2"
      })
  void expectationThatMeansNothingIsNotTaken(String texts) {
    assertThatThrownBy(() -> ProvenanceExpectations.of(List.of(texts.split(","))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
