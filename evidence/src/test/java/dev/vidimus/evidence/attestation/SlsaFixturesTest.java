package dev.vidimus.evidence.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.slsa.Provenance;
import dev.vidimus.evidence.slsa.ProvenanceExpectations;
import dev.vidimus.evidence.slsa.SummaryExpectations;
import dev.vidimus.evidence.slsa.VerificationSummary;
import dev.vidimus.evidence.trust.TrustedRoot;
import dev.vidimus.testkit.Fixtures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attestations that builders, npm and Google have published, and slsa-verifier's broken ones; each
/// with what its consumer would ask for on the command line.
class SlsaFixturesTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String GITHUB = "https://token.actions.githubusercontent.com";
  private static final String PUBLISH =
      "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
  private static final String NPM_IDENTITY =
      "https://github.com/laurentsimon/provenance-npm-test/.github/workflows/release.yml@refs/heads/main";
  private static final String NPM_PACKAGE =
      "sha512:29d19f26233f4441328412b34fd73ed104ecfef62f14097890cccf7455b521b65c5acff851849faa85c85"
          + "395aa22d401436f01f3afb61b19c780e906c88c7f20";

  /// Of npm's registry in 2023, as it publishes it and the log's entries have it.
  private static final String NPM_KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1Olb3zMAFFxXKHiIkQO5cJ3Yhl5i
      6UPp+IhuteBJbuHcA5UogKo0EWtlWwW6KSaKoTNEYL7JlCQiVnkhBktUgg==
      -----END PUBLIC KEY-----
      """;

  private static final String BCR_BUILDER =
      "https://github.com/bazel-contrib/publish-to-bcr/.github/workflows/publish.yaml@refs/tags/v0.0.1";

  private static Path slsa(String name) {
    return Fixtures.folder("signing/slsa").resolve(name);
  }

  private static AttestedArtifact file(String name) throws Exception {
    return AttestedArtifact.of(slsa(name), List.of());
  }

  private static BundleTrust signedBy(String identity) throws Exception {
    return new BundleTrust.Identity(
        TrustedRoot.read(Fixtures.folder("signing").resolve("trusted_root.pgi.json")),
        identity,
        GITHUB);
  }

  private static AttestationExpectations expecting(@Nullable String type, String... texts) {
    return new AttestationExpectations(
        type, ProvenanceExpectations.of(List.of(texts)), SummaryExpectations.NONE);
  }

  private static AttestationsVerification verify(
      String bundle,
      AttestedArtifact artifact,
      BundleTrust trust,
      AttestationExpectations expected) {
    return AttestationsVerification.verify(slsa(bundle), artifact, trust, expected, false, NOW);
  }

  /// `--expect builder=… --expect source=… --expect ref=… --expect param.workflow.path=…`
  @Test
  void bazelModuleIsOfItsBuilderAndSource() throws Exception {
    AttestationsVerification verification =
        verify(
            "bcr_MODULE.bazel.intoto.jsonl",
            file("bcr_MODULE.bazel"),
            signedBy(BCR_BUILDER),
            expecting(
                Provenance.V1,
                "builder=" + BCR_BUILDER,
                "build-type=https://actions.github.io/buildtypes/workflow/v1",
                "source=https://github.com/aspect-build/rules_lint",
                "ref=refs/heads/publish-to-bcr",
                "param.workflow.path=.github/workflows/release.yml",
                "dependency=gitCommit:8f70009fde0c94ade6ce2a054b94718c819126ec"));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
  }

  @Test
  void bazelModuleOfAnotherSignerIsRefused() throws Exception {
    AttestationsVerification verification =
        verify(
            "bcr_MODULE-wrong-signer.bazel.intoto.jsonl",
            file("bcr_MODULE-wrong-signer.bazel"),
            signedBy(BCR_BUILDER),
            expecting(Provenance.V1, "builder=" + BCR_BUILDER, "param.*=*"));
    assertThat(verification.answer()).isEqualTo(Answer.NO);
    assertThat(verification.each().getFirst().steps().getLast().name()).isEqualTo("identity");
  }

  @Test
  void delegatorIsOfItsBuilderAndTag() throws Exception {
    AttestationsVerification verification =
        verify(
            "gha_delegator_v2.1.0_binary-linux-amd64-push-v14.2.build.slsa",
            file("gha_delegator_v2.1.0_binary-linux-amd64-push-v14.2"),
            signedBy(
                "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/delegator_generic_slsa3.yml@refs/tags/v2.1.0"),
            expecting(
                Provenance.V1,
                "builder=https://github.com/slsa-framework/example-trw/.github/workflows/builder_high-perms_slsa3.yml",
                "source=https://github.com/slsa-framework/example-package",
                "tag=v14.2",
                "param.inputs.artifact=gha_delegator-binary-linux-amd64-v14.2",
                "param.inputs.rekor-log-public=false",
                "param.inputs.*=*"));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
  }

  /// The provenance of a list that has the registry's own attestation beside it: `--type`.
  @Test
  void npmPackageIsOfItsSource() throws Exception {
    AttestationExpectations expected =
        expecting(
            Provenance.V1,
            "builder=https://github.com/actions/runner/github-hosted",
            "source=https://github.com/sigstore/sigstore-js@refs/heads/main",
            "param.workflow.path=.github/workflows/release.yml");
    BundleTrust trust =
        signedBy(
            "https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main");
    String name = "npm_gha_provenance-npm-test-cli-v1-prega";
    AttestationsVerification good =
        verify(name + ".tgz.json", file(name + ".tgz"), trust, expected);
    assertThat(good.answer()).as("%s", good).isEqualTo(Answer.YES);
    assertThat(good.selected()).isEqualTo(1);
    assertThat(good.each()).hasSize(2);

    name += "-invalidsigprov";
    assertThat(verify(name + ".tgz.json", file(name + ".tgz"), trust, expected).answer())
        .isEqualTo(Answer.NO);
  }

  @Test
  void genericGeneratorOfVersion02IsOfItsSource() throws Exception {
    String builder =
        "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@refs/heads/main";
    AttestationsVerification verification =
        verify(
            "gha-valid-v0.3.intoto.sigstore",
            AttestedArtifact.ofDigest(
                "sha256:2892146b063a94cb4a4318c0e98d38af12dcf2b1e29237486b58463b59607bbd"),
            signedBy(builder),
            expecting(
                Provenance.V0_2,
                "builder=" + builder,
                "build-type=https://github.com/slsa-framework/slsa-github-generator/generic@v1",
                "source=git+https://github.com/slsa-framework/example-package",
                "ref=refs/heads/main",
                "param.configSource.entryPoint=.github/workflows/e2e.generic.schedule.main.default.slsa3.yml"));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
  }

  /// Types of drafts: who signed what is verified, and that nothing of the claim was is noted.
  @Test
  void draftsAreVerifiedAsFarAsTheyAreKnown() throws Exception {
    AttestationsVerification draft =
        verify(
            "gha-attestation.intoto.sigstore",
            AttestedArtifact.ofDigest(
                "sha256:2e38b952523576057f5ca8cf6d179ad6b66f6d0221b9a0eb621caf3507773c71"),
            signedBy(
                "https://github.com/laurentsimon/slsa-delegator/.github/workflows/delegator_generic_slsa3.yml@refs/heads/main"),
            expecting("https://slsa.dev/provenance/v1.0?draft"));
    assertThat(draft.answer()).as("%s", draft).isEqualTo(Answer.YES);
    assertThat(draft.each().getFirst().notes().toString()).contains("nothing of the claim");

    AttestationsVerification untyped =
        verify(
            "gha-valid.intoto.sigstore",
            AttestedArtifact.ofDigest(
                "sha256:975a0582b8c9607f3f20a6b8cfef01b25823e68c5c3658e6e1ccaaced2a3255d"),
            signedBy(
                "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/builder_docker-based_slsa3.yml@refs/heads/main"),
            expecting(null));
    assertThat(untyped.answer()).as("%s", untyped).isEqualTo(Answer.YES);
    assertThat(untyped.each().getFirst().notes().toString()).contains("empty predicate type");
  }

  @Test
  void brokenPromiseOfTheLogIsRefused() throws Exception {
    AttestationsVerification verification =
        verify(
            "gha-invalid-set.intoto.sigstore",
            AttestedArtifact.ofDigest(
                "sha256:092b220688ee737c66882a74ae8bfe3e2b35df60b92404b552ebe905a2d633ce"),
            signedBy(
                "https://github.com/laurentsimon/slsa-delegator/.github/workflows/delegator_generic_slsa3.yml@refs/heads/main"),
            expecting(null));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.NO);
    assertThat(verification.each().getFirst().steps().getLast().name()).isEqualTo("log");
  }

  /// An envelope alone cannot prove when a certificate for minutes was used.
  @Test
  void envelopeAloneIsOfNoIdentity() throws Exception {
    AttestationsVerification verification =
        verify(
            "gha-bazel-untrusted-dsseEnvelope.sigstore",
            AttestedArtifact.ofDigest(
                "sha256:caaadba2846905ac477c777e96a636e1c2e067fdf6fed90ec9eeca4df18d6ed9"),
            signedBy(
                "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/delegator_generic_slsa3.yml@refs/tags/v1.8.0"),
            expecting(null));
    assertThat(verification.answer()).isEqualTo(Answer.NO);
    assertThat(verification.each().getFirst().steps().getLast().reason())
        .contains("an envelope alone");
  }

  /// Whoever asks for the provenance finds it broken.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gha-npm-att-mismatch-prov-payloadtype",
        "gha-npm-att-mismatch-prov-predicatetype",
        "gha-npm-att-prov-invalid-signature",
        "gha-npm-stmt-mismatch-prov-type"
      })
  void npmListWithBrokenProvenanceIsRefused(String name) throws Exception {
    AttestationsVerification verification =
        verify(
            name + ".intoto.sigstore",
            AttestedArtifact.ofDigest(NPM_PACKAGE),
            signedBy(NPM_IDENTITY),
            expecting(Provenance.V0_2));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.NO);
    assertThat(verification.each().getFirst().isSelected()).isTrue();
  }

  /// Whoever asks for the registry's attestation, by the registry's key, finds it broken.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gha-npm-att-mismatch-pub-predicatetype",
        "gha-npm-att-publish-invalid-signature",
        "gha-npm-att-publish-nodigest",
        "gha-npm-att-publish-nosubjects"
      })
  void npmListWithBrokenPublicationIsRefused(String name) throws Exception {
    AttestationsVerification verification =
        verify(
            name + ".intoto.sigstore",
            AttestedArtifact.ofDigest(NPM_PACKAGE),
            new BundleTrust.Key(VerifyingKey.ofPem(NPM_KEY, "npm"), null),
            expecting(PUBLISH));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.NO);
    assertThat(verification.selected()).isEqualTo(1);
  }

  /// The twin: the same list with sound publication verifies for whoever asks for that.
  @Test
  void npmPublicationIsOfTheRegistry() throws Exception {
    AttestationsVerification verification =
        verify(
            "gha-npm-att-prov-invalid-signature.intoto.sigstore",
            AttestedArtifact.ofDigest(NPM_PACKAGE),
            new BundleTrust.Key(VerifyingKey.ofPem(NPM_KEY, "npm"), null),
            expecting(PUBLISH));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
  }

  /// Without a type everything in the list is wanted, so what is broken there is never passed over.
  @Test
  void nothingOfAListIsPassedOver() throws Exception {
    AttestationsVerification verification =
        verify(
            "gha-npm-att-publish-invalid-signature.intoto.sigstore",
            AttestedArtifact.ofDigest(NPM_PACKAGE),
            signedBy(NPM_IDENTITY),
            expecting(null));
    assertThat(verification.answer()).isEqualTo(Answer.NO);
    assertThat(verification.passed()).isEqualTo(1);
    assertThat(verification.selected()).isEqualTo(2);
  }

  /// Google signs by r and s, and about an image that has a number and no digest.
  @Test
  void summaryOfAnImageIsOfItsVerifier() throws Exception {
    assertThat(google("gce_image_id:8970095005306000053", "SLSA_BUILD_LEVEL_1").answer())
        .isEqualTo(Answer.YES);
    assertThat(google("gce_image_id:8970095005306000053", "SLSA_BUILD_LEVEL_3").answer())
        .isEqualTo(Answer.NO);
    assertThat(google("gce_image_id:8970095005306000054", "SLSA_BUILD_LEVEL_1").answer())
        .isEqualTo(Answer.NO);
  }

  private static AttestationsVerification google(String image, String level) throws Exception {
    return verify(
        "vsa-gke-gce-pre.bcid-vsa.jsonl",
        AttestedArtifact.ofDigest(image),
        new BundleTrust.Key(KeyFile.readPublic(slsa("vsa-vsa_signing_public_key.pem"), null), null),
        new AttestationExpectations(
            VerificationSummary.V1,
            ProvenanceExpectations.NONE,
            new SummaryExpectations(
                "https://bcid.corp.google.com/verifier/bcid_package_enforcer/v0.1",
                "gce_image://gke-node-images:gke-12615-gke1418000-cos-101-17162-463-29-c-cgpv1-pre",
                List.of("BCID_L1", level))));
  }
}
