package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.BundleWriter;
import dev.vidimus.evidence.slsa.ProvenanceExpectations;
import dev.vidimus.evidence.slsa.SummaryExpectations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model, a key, and attestations about the one by the other.
record Attested(Path folder, Path model, SigningKey key) {
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  static Attested in(Path folder) throws Exception {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("w.bin"), "weights");
    return new Attested(folder, model, SigningKey.generate(Scheme.P256));
  }

  AttestedArtifact artifact() throws Exception {
    return AttestedArtifact.of(model, List.of());
  }

  /// A bundle as the command `attest` writes it.
  byte[] bundle(AttestedArtifact artifact, String type, String predicate) throws Exception {
    return Attester.attest(
        artifact, null, type, (JsonObject) Json.parse(predicate, "predicate"), key);
  }

  /// A bundle of any payload, for what no honest signer writes.
  byte[] bundle(String payload) {
    return BundleWriter.write(envelope(payload), key.verifying(), List.of());
  }

  Envelope envelope(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return new Envelope(
        Envelope.IN_TOTO, bytes, List.of(key.sign(Envelope.pae(Envelope.IN_TOTO, bytes))));
  }

  AttestationsVerification verify(byte[] file, AttestationExpectations expected) throws Exception {
    return verify(file, artifact(), expected, false);
  }

  AttestationsVerification verify(
      byte[] file, AttestedArtifact artifact, AttestationExpectations expected, boolean any)
      throws Exception {
    Path bundle = Files.write(folder.resolve("bundle"), file);
    return AttestationsVerification.verify(
        bundle, artifact, new BundleTrust.Key(key.verifying(), null), expected, any, NOW);
  }

  static AttestationExpectations ofBuild(@Nullable String type, String... texts) {
    return new AttestationExpectations(
        type, ProvenanceExpectations.of(List.of(texts)), SummaryExpectations.NONE);
  }

  static AttestationExpectations ofSummary(String verifier, String resource, String... levels) {
    return new AttestationExpectations(
        null,
        ProvenanceExpectations.NONE,
        new SummaryExpectations(verifier, resource, List.of(levels)));
  }
}
