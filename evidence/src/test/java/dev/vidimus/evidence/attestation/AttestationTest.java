package dev.vidimus.evidence.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.sigstore.Bundle;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.BundleWriter;
import dev.vidimus.testkit.Mutations;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom an attestation is by, and what it is about.
class AttestationTest {
  private static final String TYPE = "https://vidimus.example/review/v1";
  private static final AttestationExpectations ANYTHING = AttestationExpectations.NONE;

  @TempDir Path folder;
  private Attested attested;

  @BeforeEach
  void attested() throws Exception {
    attested = Attested.in(folder);
  }

  private static String statement(String subjects) {
    return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":"
        + subjects
        + ",\"predicateType\":\"https://vidimus.example/review/v1\",\"predicate\":{}}";
  }

  private static String failed(AttestationsVerification verification, Answer answer) {
    assertThat(verification.answer()).as("%s", verification).isEqualTo(answer);
    Step last = verification.each().getFirst().steps().getLast();
    assertThat(last.ok()).isFalse();
    return last.name() + ": " + last.reason();
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void ownAttestationVerifies(Scheme scheme) throws Exception {
    attested = new Attested(folder, attested.model(), SigningKey.generate(scheme));
    byte[] bundle = attested.bundle(attested.artifact(), TYPE, "{}");
    AttestationsVerification verification = attested.verify(bundle, Attested.ofBuild(TYPE));
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
    assertThat(verification.each().getFirst().verified()).isNotNull();
  }

  /// Nobody can take an older summary for one whose verifier and result were looked at.
  @ParameterizedTest
  @ValueSource(strings = {"v0.1", "v0.2", "v1.1", "v1/", ""})
  void summaryOfAnotherVersionIsRefusedByName(String version) throws Exception {
    String type = "https://slsa.dev/verification_summary/" + version;
    byte[] bundle =
        attested.bundle(attested.artifact(), type, "{\"verificationResult\":\"FAILED\"}");
    for (AttestationExpectations expected : List.of(ANYTHING, Attested.ofBuild(type))) {
      assertThat(failed(attested.verify(bundle, expected), Answer.NO))
          .startsWith("predicate type: ")
          .contains("https://slsa.dev/verification_summary/v1")
          .contains(type);
    }
  }

  @Test
  void folderIsNamedByDirHashAndFileBySha256() throws Exception {
    Identity identity = Identity.of(attested.model());
    assertThat(attested.artifact().subject(null).digest())
        .isEqualTo(Map.of("dirHash", identity.digest().hex(), "omsRoot", identity.omsRoot().hex()));
    Path file = attested.model().resolve("w.bin");
    assertThat(AttestedArtifact.of(file, List.of()).subject("name").digest())
        .containsEntry("sha256", Digest.sha256(Files.readAllBytes(file)).hex());
  }

  @Test
  void changedFolderIsAnotherArtifact() throws Exception {
    byte[] bundle = attested.bundle(attested.artifact(), TYPE, "{}");
    Files.writeString(attested.model().resolve("config.json"), "[]");
    assertThat(failed(attested.verify(bundle, ANYTHING), Answer.NO)).startsWith("subject: ");
  }

  /// The root digest of OMS is the same; it never stands alone.
  @Test
  void renamedFileIsAnotherArtifact() throws Exception {
    byte[] bundle = attested.bundle(attested.artifact(), TYPE, "{}");
    String before = Identity.of(attested.model()).omsRoot().hex();
    Files.move(attested.model().resolve("w.bin"), attested.model().resolve("x.py"));
    assertThat(Identity.of(attested.model()).omsRoot().hex()).isEqualTo(before);
    assertThat(failed(attested.verify(bundle, ANYTHING), Answer.NO)).startsWith("subject: ");
  }

  @Test
  void attestationInsideTheFolderIsNotPartOfIt() throws Exception {
    Path inside = attested.model().resolve("att.json");
    Files.write(inside, attested.bundle(attested.artifact(), TYPE, "{}"));
    assertThat(AttestedArtifact.of(attested.model(), List.of(inside)).digests())
        .isNotEqualTo(attested.artifact().digests());
    assertThat(
            AttestationsVerification.verify(
                    inside,
                    AttestedArtifact.of(attested.model(), List.of(inside)),
                    new BundleTrust.Key(attested.key().verifying(), null),
                    ANYTHING,
                    false,
                    Attested.NOW)
                .answer())
        .isEqualTo(Answer.YES);
  }

  @Test
  void linkIsCoveredByNoDigest() throws Exception {
    Files.createSymbolicLink(attested.model().resolve("link"), Path.of("w.bin"));
    assertThatThrownBy(() -> attested.artifact())
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("link");
  }

  @Test
  void nameAloneIsNoSubject() throws Exception {
    assertThat(
            failed(
                attested.verify(attested.bundle(statement("[{\"name\":\"model\"}]")), ANYTHING),
                Answer.COULD_NOT_TELL))
        .startsWith("statement: ");
    assertThat(
            failed(
                attested.verify(
                    attested.bundle(
                        statement("[{\"name\":\"model\",\"digest\":{\"sha256\":\"00\"}}]")),
                    ANYTHING),
                Answer.NO))
        .startsWith("subject: ");
    assertThat(failed(attested.verify(attested.bundle(statement("[]")), ANYTHING), Answer.NO))
        .startsWith("subject: ");
  }

  @Test
  void weakDigestAloneIsNoSubject() throws Exception {
    String root = Identity.of(attested.model()).omsRoot().hex();
    for (String digest : List.of("\"omsRoot\":\"" + root + "\"", "\"sha1\":\"00\"")) {
      assertThat(
              failed(
                  attested.verify(
                      attested.bundle(statement("[{\"digest\":{" + digest + "}}]")), ANYTHING),
                  Answer.NO))
          .startsWith("subject: ");
    }
    assertThatThrownBy(() -> AttestedArtifact.ofDigest("gitCommit:" + "0".repeat(40)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void subjectThatContradictsItselfIsRefused() throws Exception {
    Path file = attested.model().resolve("w.bin");
    String sha256 = Digest.sha256(Files.readAllBytes(file)).hex();
    byte[] bundle =
        attested.bundle(
            statement("[{\"digest\":{\"sha256\":\"" + sha256 + "\",\"sha512\":\"00\"}}]"));
    assertThat(
            failed(
                attested.verify(bundle, AttestedArtifact.of(file, List.of()), ANYTHING, false),
                Answer.NO))
        .contains("whose sha256 is the artifact's, and whose sha512 is not");
  }

  @Test
  void memberTwiceIsNoAnswer() throws Exception {
    String twice = statement("[]").replace("\"predicate\":{}", "\"predicate\":{\"a\":1,\"a\":2}");
    assertThat(failed(attested.verify(attested.bundle(twice), ANYTHING), Answer.COULD_NOT_TELL))
        .startsWith("statement: ");
    assertThatThrownBy(
            () ->
                Attester.predicate(
                    Bytes.of("{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8)), "p"))
        .isInstanceOf(FormatException.Malformed.class);
    assertThatThrownBy(
            () -> Attester.predicate(Bytes.of("[]".getBytes(StandardCharsets.UTF_8)), "p"))
        .hasMessageContaining("is no object");
  }

  @Test
  void somethingBehindTheBundleIsNoAnswer() throws Exception {
    String bundle =
        new String(attested.bundle(attested.artifact(), TYPE, "{}"), StandardCharsets.UTF_8);
    for (String behind : List.of(" {}", "\n{}", "\njunk", "]")) {
      assertThat(
              attested
                  .verify((bundle + behind).getBytes(StandardCharsets.UTF_8), ANYTHING)
                  .answer())
          .as(behind)
          .isEqualTo(Answer.COULD_NOT_TELL);
    }
  }

  /// Which of two signatures counts would be anybody's guess, and t of n is not claimed.
  @Test
  void twoSignaturesAreRefused() throws Exception {
    Envelope one = attested.envelope(statement("[]"));
    byte[] signature = one.signatures().getFirst();
    Envelope two = new Envelope(one.payloadType(), one.payload(), List.of(signature, signature));
    byte[] bundle = BundleWriter.write(two, attested.key().verifying(), List.of());
    assertThat(failed(attested.verify(bundle, ANYTHING), Answer.NO))
        .startsWith("one signature: expected exactly one signature, found 2");
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    byte[] bundle = attested.bundle(attested.artifact(), TYPE, "{}");
    Attested other = new Attested(folder, attested.model(), SigningKey.generate(Scheme.P256));
    assertThat(failed(other.verify(bundle, ANYTHING), Answer.NO)).startsWith("signature: ");
  }

  @Test
  void everyLineIsJudgedAndEveryOneMustPass() throws Exception {
    byte[] good = attested.bundle(attested.artifact(), TYPE, "{}");
    byte[] other = attested.bundle(statement("[]"));
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(good);
    lines.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    lines.writeBytes(other);
    AttestationsVerification all = attested.verify(lines.toByteArray(), ANYTHING);
    assertThat(all.answer()).isEqualTo(Answer.NO);
    assertThat(all.passed()).isEqualTo(1);
    assertThat(all.each())
        .extracting(AttestationVerification::place)
        .containsExactly("line 1", "line 3");
    assertThat(attested.verify(lines.toByteArray(), attested.artifact(), ANYTHING, true).answer())
        .isEqualTo(Answer.YES);
  }

  @Test
  void nothingOfTheWantedTypeIsNoYes() throws Exception {
    byte[] bundle = attested.bundle(attested.artifact(), TYPE, "{}");
    AttestationsVerification verification =
        attested.verify(bundle, Attested.ofBuild("https://other.example/v1"));
    assertThat(verification.answer()).isEqualTo(Answer.NO);
    assertThat(verification.selected()).isZero();
  }

  @Test
  void envelopeAloneVerifiesByKey() throws Exception {
    Bundle bundle =
        Bundle.read(Bytes.of(attested.bundle(attested.artifact(), TYPE, "{}")), "bundle");
    JsonWriter json = new JsonWriter();
    bundle.envelope().write(json);
    assertThat(attested.verify(json.toString().getBytes(StandardCharsets.UTF_8), ANYTHING).answer())
        .isEqualTo(Answer.YES);
  }

  @Test
  void tooManyLinesAreNotRead() throws Exception {
    byte[] lines = "{}\n".repeat(1_001).getBytes(StandardCharsets.UTF_8);
    AttestationsVerification verification = attested.verify(lines, ANYTHING);
    assertThat(verification.answer()).isEqualTo(Answer.COULD_NOT_TELL);
    assertThat(verification.problem()).contains("more than 1000 lines");
  }

  @Test
  void damagedAttestationNeverVerifiesAndNeverEscapes() throws Exception {
    byte[] good = attested.bundle(attested.artifact(), TYPE, "{\"risk\":\"low\"}");
    byte[] payload = Bundle.read(Bytes.of(good), "good").envelope().payload();
    AttestedArtifact artifact = attested.artifact();
    Mutations mutations = new Mutations(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = mutations.of(good);
      AttestationsVerification verification = attested.verify(bad, artifact, ANYTHING, false);
      if (verification.answer() == Answer.YES) {
        // What was touched is outside of what is signed: an ignored member, or a key id.
        assertThat(Bundle.read(Bytes.of(bad), "bad").envelope().payload()).isEqualTo(payload);
      }
    }
  }

  /// An implementation that shares nothing with ours takes the signature over the encoding.
  @Test
  void opensslVerifiesWhatWeAttested() throws Exception {
    Bundle bundle =
        Bundle.read(Bytes.of(attested.bundle(attested.artifact(), TYPE, "{\"ok\":true}")), "b");
    byte[] payload = bundle.envelope().payload();
    Files.writeString(folder.resolve("key.pub"), attested.key().verifying().pem());
    Files.write(folder.resolve("sig"), bundle.envelope().signatures().getFirst());
    Files.writeString(
        folder.resolve("pae"),
        "DSSEv1 28 application/vnd.in-toto+json "
            + payload.length
            + " "
            + new String(payload, StandardCharsets.UTF_8));
    List<String> command = new ArrayList<>(List.of("openssl", "dgst", "-sha256"));
    command.addAll(List.of("-verify", "key.pub", "-signature", "sig", "pae"));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).contains("Verified OK");
    assertThat(process.waitFor()).isZero();
  }
}
