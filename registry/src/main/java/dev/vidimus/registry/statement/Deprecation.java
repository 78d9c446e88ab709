package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/// An artifact still runs, and should be replaced.
///
/// @param replacement snapshot digest of what replaces it, or null if nothing is named
/// @param reason why
public record Deprecation(@Nullable String replacement, String reason) {
  /// The predicate.
  public JsonObject json() {
    return new JsonMembers().put("replacement", replacement).put("reason", reason).object();
  }

  /// Reads the predicate.
  public static Deprecation read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.DEPRECATION);
    return new Deprecation(reader.textOrNull("replacement"), reader.textOr("reason", ""));
  }
}
