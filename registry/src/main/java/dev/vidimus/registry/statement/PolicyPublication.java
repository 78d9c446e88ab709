package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;

/// A policy bundle holds from now on. Its digest is the statement's subject.
///
/// @param name of the bundle
/// @param version as its manifest says
/// @param bundle digest of its packed form, a blob beside the envelopes
public record PolicyPublication(String name, String version, String bundle) {
  /// The predicate.
  public JsonObject json() {
    return new JsonMembers()
        .put("name", name)
        .put("version", version)
        .put("bundle", bundle)
        .object();
  }

  /// Reads the predicate.
  public static PolicyPublication read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.POLICY);
    return new PolicyPublication(
        reader.text("name"), reader.text("version"), reader.text("bundle"));
  }
}
