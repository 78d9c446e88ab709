package dev.vidimus.registry.change;

import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.registry.statement.Kind;
import java.util.List;

/// A statement that is to be signed and logged.
///
/// @param kind of statement
/// @param actor who causes it
/// @param subjects what it is about, the snapshot first
/// @param predicate its content
/// @param key the actor's or the gate's, as the kind wants
public record Draft(
    Kind kind, String actor, List<Subject> subjects, JsonObject predicate, SigningKey key) {
  public Draft {
    subjects = List.copyOf(subjects);
  }

  /// The statement.
  Statement statement() {
    return new Statement(Statement.V1, subjects, kind.predicateType(), predicate);
  }
}
