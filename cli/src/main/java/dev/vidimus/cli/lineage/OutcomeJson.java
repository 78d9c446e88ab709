package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.lineage.derive.TensorNote;
import java.util.Map;

/// An outcome as `vidimus.compare/1`.
final class OutcomeJson {
  private OutcomeJson() {}

  static String of(Outcome outcome, long millis) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.compare/1");
    json.name("relation").string(outcome.relation());
    json.name("verdict").string(outcome.verdict().name());
    json.name("reason").string(outcome.reason().name()).name("culprits").array();
    outcome.culprits().forEach(json::string);
    json.endArray().name("parameters").object();
    for (Map.Entry<String, Object> parameter : outcome.parameters().entrySet()) {
      value(json.name(parameter.getKey()), parameter.getValue());
    }
    json.endObject().name("tensors").array();
    for (TensorNote note : outcome.tensors()) {
      json.object().name("name").string(note.name()).name("state").string(note.state());
      json.name("detail").string(note.detail());
      json.name("checked").number(note.checked()).name("bad").number(note.bad());
      TensorNote.Worst worst = note.worst();
      if (worst != null) {
        json.name("worst").object().name("at").string(worst.at());
        number(json.name("expected"), worst.expected());
        number(json.name("found"), worst.found());
        json.endObject();
      }
      json.endObject();
    }
    json.endArray().name("notes").array();
    outcome.notes().forEach(json::string);
    json.endArray().name("limit").string(Outcome.LIMIT);
    json.name("bytesRead").number(outcome.bytesRead()).name("millis").number(millis);
    return json.endObject() + "\n";
  }

  private static void value(JsonWriter json, Object value) {
    switch (value) {
      case JsonValue tree -> json.value(tree);
      case Boolean truth -> json.bool(truth);
      case Integer whole -> json.number(whole);
      case Long whole -> json.number(whole);
      case Double real -> number(json, real);
      case Iterable<?> all -> {
        json.array();
        for (Object one : all) {
          value(json, one);
        }
        json.endArray();
      }
      default -> json.string(value.toString());
    }
  }

  /// JSON has no infinities, and no number that is none.
  private static void number(JsonWriter json, double value) {
    if (Double.isFinite(value)) {
      json.value(new JsonNumber(Double.toString(value)));
    } else {
      json.string(Double.toString(value));
    }
  }
}
