package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.lineage.derive.OutcomeTree;

/// An outcome as `vidimus.compare/1`.
final class OutcomeJson {
  private OutcomeJson() {}

  static String of(Outcome outcome, long millis) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.compare/1");
    json.name("relation").string(outcome.relation());
    json.name("verdict").string(outcome.verdict().name());
    json.name("reason").string(outcome.reason().name()).name("culprits").array();
    outcome.culprits().forEach(json::string);
    json.endArray().name("parameters").value(OutcomeTree.parameters(outcome));
    json.name("tensors").value(OutcomeTree.tensors(outcome)).name("notes").array();
    outcome.notes().forEach(json::string);
    json.endArray().name("limit").string(Outcome.LIMIT);
    json.name("bytesRead").number(outcome.bytesRead()).name("millis").number(millis);
    return json.endObject() + "\n";
  }
}
