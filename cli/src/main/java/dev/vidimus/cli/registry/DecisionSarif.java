package dev.vidimus.cli.registry;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.policy.Decision.RuleResult;
import dev.vidimus.policy.Decision.Status;
import dev.vidimus.policy.PolicyRule;
import dev.vidimus.policy.PolicyRule.Mode;
import dev.vidimus.registry.decide.Decided;

/// A decision in [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html): a
/// result for each rule that does not pass, about the artifact as a whole.
final class DecisionSarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private DecisionSarif() {}

  static String of(Decided decided, String version) {
    JsonWriter json = new JsonWriter().object().name("$schema").string(SCHEMA);
    json.name("version").string("2.1.0").name("runs").array().object();
    json.name("tool").object().name("driver").object().name("name").string("vidimus gate");
    json.name("semanticVersion").string(version).name("rules").array();
    for (RuleResult result : decided.decision().rules()) {
      rule(json, result.rule());
    }
    json.endArray().endObject().endObject().name("results").array();
    for (RuleResult result : decided.decision().rules()) {
      if (result.status() == Status.FAIL || result.status() == Status.UNKNOWN) {
        result(json, result, decided);
      }
    }
    return json.endArray().endObject().endArray().endObject() + "\n";
  }

  private static void rule(JsonWriter json, PolicyRule rule) {
    json.object().name("id").string(rule.id()).name("shortDescription").object();
    json.name("text").string(rule.title()).endObject().name("help").object();
    json.name("text").string(rule.action() + " (" + rule.who() + ")").endObject();
    json.name("properties").object().name("tags").array();
    rule.controls().forEach(json::string);
    json.endArray().endObject().endObject();
  }

  private static void result(JsonWriter json, RuleResult result, Decided decided) {
    json.object().name("ruleId").string(result.rule().id()).name("level");
    json.string(result.mode() == Mode.ENFORCE ? "error" : "note");
    json.name("message").object().name("text").string(result.message()).endObject();
    json.name("locations").array().object().name("logicalLocations").array().object();
    json.name("fullyQualifiedName").string(decided.artifact().label()).name("name");
    json.string(decided.artifact().snapshot()).endObject().endArray().endObject().endArray();
    json.endObject();
  }
}
