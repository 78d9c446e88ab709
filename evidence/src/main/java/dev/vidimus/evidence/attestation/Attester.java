package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.sigstore.BundleWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes attestations: a statement in an envelope in a bundle, signed with a key.
public final class Attester {
  /// Inventories of large models have some megabytes.
  private static final JsonLimits PREDICATE =
      new JsonLimits(64L << 20, 48, 1 << 12, 16 << 20, 1_000);

  private Attester() {}

  /// Reads a predicate.
  ///
  /// @throws FormatException if it is no strict JSON object: a member twice, something behind it
  public static JsonObject predicate(Bytes bytes, String where)
      throws FormatException, IOException {
    if (Json.parse(bytes, where, PREDICATE) instanceof JsonObject object) {
      return object;
    }
    throw new FormatException.Malformed(where, 0, "is no object");
  }

  /// Attests something of an artifact.
  ///
  /// @param called the artifact's name in the statement, or null for its own
  /// @param type of the predicate, a URI
  /// @return the bundle's bytes
  public static byte[] attest(
      AttestedArtifact artifact,
      @Nullable String called,
      String type,
      JsonObject predicate,
      SigningKey key) {
    byte[] payload =
        new Statement(Statement.V1, List.of(artifact.subject(called)), type, predicate).bytes();
    byte[] signature = key.sign(Envelope.pae(Envelope.IN_TOTO, payload));
    Envelope envelope = new Envelope(Envelope.IN_TOTO, payload, List.of(signature));
    return BundleWriter.write(envelope, key.verifying(), List.of());
  }
}
