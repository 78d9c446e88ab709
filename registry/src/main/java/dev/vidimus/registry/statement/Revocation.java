package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.util.List;

/// Whatever the selectors mean may run nowhere from now on, what is admitted later included.
///
/// @param selectors digests, or `file:`, `finding:`, `signer:`, `source:` and a value; any of them
/// @param malicious whether it is an attack, over which no glass is broken
/// @param reason why
public record Revocation(List<String> selectors, boolean malicious, String reason) {
  public Revocation {
    selectors = List.copyOf(selectors);
  }

  /// The predicate.
  public JsonObject json() {
    return new JsonMembers()
        .put("selectors", selectors)
        .put("malicious", malicious)
        .put("reason", reason)
        .object();
  }

  /// Reads the predicate.
  public static Revocation read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.REVOCATION);
    return new Revocation(
        reader.texts("selectors"), reader.flag("malicious"), reader.textOr("reason", ""));
  }
}
