package dev.vidimus.registry.view;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.policy.Decision;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.decide.Gated;

/// A decision, its reasons, and what would change it.
public final class DecisionView {
  private DecisionView() {}

  /// Writes the members of a decision into an object that is open.
  public static void write(JsonWriter json, Decided decided) {
    Decision decision = decided.decision();
    json.name("artifact").string(decided.artifact().snapshot());
    json.name("label").string(decided.artifact().label());
    json.name("state").string(decided.artifact().state());
    json.name("environment").string(decided.environment()).name("tier").string(decided.tier());
    json.name("outcome").string(decision.outcome().word());
    json.name("promoted").bool(decided.promoted());
    json.name("decision").string(decided.envelope());
    json.name("policy").string(decision.policy());
    json.name("validUntil").string(decision.until() == null ? "" : decision.until().toString());
    json.name("expired").bool(decision.expired());
    json.name("rules").value(decision.json()).name("actions").array();
    decision.actions().forEach(json::string);
    json.endArray();
    json.name("next").string(next(decided));
  }

  /// Writes the members of a gate's answer into an object that is open.
  public static void write(JsonWriter json, Gated gated) {
    json.name("open").bool(gated.open()).name("brokenGlass").bool(gated.glass());
    write(json, gated.decided());
  }

  /// The word for what comes next: `approve`, `deploy`, `fix` or `examine`.
  public static String next(Decided decided) {
    return switch (decided.decision().outcome()) {
      case PASSED -> decided.promoted() ? "deploy" : "promote";
      case AWAITING_APPROVAL -> "approve";
      case FAILED -> "fix";
      case UNKNOWN -> "examine";
    };
  }
}
