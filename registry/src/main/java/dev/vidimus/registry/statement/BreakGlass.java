package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.time.Instant;

/// Somebody lets an artifact run for an emergency, against the policy and never against a malicious
/// revocation.
///
/// @param environment where
/// @param incident the emergency's own name
/// @param reason why
/// @param expires when it ends, at most four hours later
public record BreakGlass(String environment, String incident, String reason, Instant expires) {
  /// The predicate.
  public JsonObject json() {
    return new JsonMembers()
        .put("environment", environment)
        .put("incident", incident)
        .put("reason", reason)
        .put("expires", expires.toString())
        .object();
  }

  /// Reads the predicate.
  public static BreakGlass read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.BREAK_GLASS);
    return new BreakGlass(
        reader.text("environment"),
        reader.text("incident"),
        reader.textOr("reason", ""),
        reader.time("expires"));
  }
}
