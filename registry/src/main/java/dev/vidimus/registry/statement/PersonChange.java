package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.util.List;

/// Somebody, or a service, is known from now on, or is not any more.
///
/// @param id opaque: `p-` and hex digits, or `gate`
/// @param removed whether they may do nothing from now on
/// @param service whether it is a machine, which approves nothing
/// @param roles what they may do
/// @param key PEM of the public key; of a removed one, too
public record PersonChange(
    String id, boolean removed, boolean service, List<Role> roles, String key) {
  public PersonChange {
    roles = List.copyOf(roles);
  }

  /// The predicate.
  public JsonObject json() {
    return new JsonMembers()
        .put("id", id)
        .put("action", removed ? "remove" : "add")
        .put("service", service)
        .put("roles", roles.stream().map(Role::word).toList())
        .put("key", key)
        .object();
  }

  /// Reads the predicate.
  public static PersonChange read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.PERSON);
    List<Role> roles =
        reader.texts("roles").stream().map(Role::ofWord).filter(role -> role != null).toList();
    return new PersonChange(
        reader.text("id"),
        !reader.text("action").equals("add"),
        reader.flag("service"),
        roles,
        reader.text("key"));
  }
}
