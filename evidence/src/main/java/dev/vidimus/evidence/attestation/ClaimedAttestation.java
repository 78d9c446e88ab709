package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.Members;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.sigstore.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What an attestation says that it is. Nothing of it is verified: it only says whom to ask.
///
/// @param place in its file: `line 2`; empty if it is alone there
/// @param predicateType empty if it cannot be read
/// @param problem why it cannot be read; empty if it can
/// @param predicate what it says; empty if it cannot be read
public record ClaimedAttestation(
    String place, String predicateType, String problem, JsonObject predicate) {
  private static final JsonLimits LIMITS = new JsonLimits(64L << 20, 64, 1 << 12, 64 << 20, 64);

  /// The attestations of a file, in its order, as [AttestationsVerification] has them.
  ///
  /// @throws FormatException if it is too large, or no file of attestations
  public static List<ClaimedAttestation> of(Path file) throws FormatException, IOException {
    List<ClaimedAttestation> claimed = new ArrayList<>();
    for (Attestation one : AttestationFile.read(file)) {
      String type = "";
      String problem = "";
      JsonObject predicate = new JsonObject(Map.of());
      try {
        Envelope envelope = envelope(one);
        type = Bundle.claimedPredicateType(envelope);
        predicate = type.isEmpty() ? predicate : predicate(envelope);
        problem = type.isEmpty() ? "no statement with a predicate type" : "";
      } catch (FormatException e) {
        problem = String.valueOf(e.getMessage());
      }
      claimed.add(new ClaimedAttestation(one.place(), type, problem, predicate));
    }
    return claimed;
  }

  private static JsonObject predicate(Envelope envelope) throws IOException {
    try {
      return Statement.read(envelope.payload(), "payload").predicate();
    } catch (FormatException e) {
      return new JsonObject(Map.of()); // whoever verifies it says why
    }
  }

  private static Envelope envelope(Attestation one) throws FormatException, IOException {
    String where = one.place().isEmpty() ? "attestation" : one.place();
    Members members = Members.of(Json.parse(one.json(), where, LIMITS), where);
    return !members.has("mediaType") && members.has("payload")
        ? Envelope.read(members.object(), where)
        : Bundle.read(one.json(), where).envelope();
  }
}
