package dev.vidimus.cli.ledger;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.evidence.Members;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What an entry says of a signed statement. Nothing is verified: the log keeps what was said, and
/// who reads it verifies.
///
/// @param type a word for its predicate type
/// @param subjects as `algorithm:hex`
record Signed(String type, List<String> subjects) {
  private static final String OURS = "https://vidimus.dev/";
  private static final String SUMMARY = "https://slsa.dev/verification_summary/";
  private static final JsonLimits LIMITS = new JsonLimits(64L << 20, 32, 1 << 10, 64 << 20, 64);

  /// @throws FormatException if it is neither an envelope nor a bundle with one, of a statement
  static Signed read(byte[] bytes, String where) throws FormatException, IOException {
    JsonValue json = Json.parse(Bytes.of(bytes), where, LIMITS);
    Members members = Members.of(json, where);
    JsonValue inner = members.has("dsseEnvelope") ? members.get("dsseEnvelope") : json;
    if (inner == null) {
      throw members.malformed("dsseEnvelope", "is missing");
    }
    Envelope envelope = Envelope.read(inner, where);
    Statement statement = Statement.read(envelope.payload(), where + ": payload");
    List<String> subjects = new ArrayList<>();
    for (Subject subject : statement.subjects()) {
      subject.digest().forEach((algorithm, hex) -> subjects.add(algorithm + ":" + hex));
    }
    return new Signed(type(statement.predicateType()), subjects);
  }

  private static String type(String predicateType) {
    if (predicateType.startsWith(SUMMARY)) {
      return "decision";
    }
    String[] parts = predicateType.split("/", -1);
    return predicateType.startsWith(OURS) && parts.length == 5 ? parts[3] : "statement";
  }
}
