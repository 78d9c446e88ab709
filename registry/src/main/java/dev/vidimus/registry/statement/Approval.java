package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;

/// A person says yes or no to an artifact in an environment. It counts only while policy and
/// evidence are those that the person saw.
///
/// @param environment where it may run
/// @param policy digest of the policy bundle
/// @param evidence digest over all evidence that a decision would rest on
/// @param rejected whether it is a no
/// @param reason in the person's words
public record Approval(
    String environment, String policy, String evidence, boolean rejected, String reason) {
  /// The predicate.
  public JsonObject json() {
    return new JsonMembers()
        .put("environment", environment)
        .put("policy", policy)
        .put("evidence", evidence)
        .put("answer", rejected ? "reject" : "approve")
        .put("reason", reason)
        .object();
  }

  /// Reads the predicate.
  public static Approval read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.APPROVAL);
    return new Approval(
        reader.text("environment"),
        reader.text("policy"),
        reader.text("evidence"),
        !reader.text("answer").equals("approve"),
        reader.textOr("reason", ""));
  }
}
