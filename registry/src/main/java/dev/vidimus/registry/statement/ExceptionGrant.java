package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A rule does not apply to one artifact for a while. The owner asks, another person grants; who
/// they are is who signed.
///
/// @param rule id of the rule
/// @param reason why it is right
/// @param expires when it ends
/// @param grants digest of the request's envelope that this one grants; null in the request
public record ExceptionGrant(String rule, String reason, Instant expires, @Nullable String grants) {
  /// The predicate.
  public JsonObject json() {
    return new JsonMembers()
        .put("rule", rule)
        .put("reason", reason)
        .put("expires", expires.toString())
        .put("grants", grants)
        .object();
  }

  /// Reads the predicate.
  public static ExceptionGrant read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.EXCEPTION);
    return new ExceptionGrant(
        reader.text("rule"),
        reader.textOr("reason", ""),
        reader.time("expires"),
        reader.textOrNull("grants"));
  }
}
