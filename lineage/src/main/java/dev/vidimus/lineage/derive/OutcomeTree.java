package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parts of an outcome as JSON: the same outcome always gives the same text.
public final class OutcomeTree {
  private OutcomeTree() {}

  /// What was declared and found, by its names.
  public static JsonObject parameters(Outcome outcome) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    outcome.parameters().forEach((name, value) -> members.put(name, value(value)));
    return new JsonObject(members);
  }

  /// What is worth saying of single tensors.
  public static JsonArray tensors(Outcome outcome) {
    List<JsonValue> tensors = new ArrayList<>();
    for (TensorNote note : outcome.tensors()) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("name", new JsonString(note.name()));
      members.put("state", new JsonString(note.state()));
      members.put("detail", new JsonString(note.detail()));
      members.put("checked", new JsonNumber(Long.toString(note.checked())));
      members.put("bad", new JsonNumber(Long.toString(note.bad())));
      TensorNote.Worst worst = note.worst();
      if (worst != null) {
        Map<String, JsonValue> where = new LinkedHashMap<>();
        where.put("at", new JsonString(worst.at()));
        where.put("expected", number(worst.expected()));
        where.put("found", number(worst.found()));
        members.put("worst", new JsonObject(where));
      }
      tensors.add(new JsonObject(members));
    }
    return new JsonArray(tensors);
  }

  private static JsonValue value(Object value) {
    return switch (value) {
      case JsonValue tree -> tree;
      case Boolean truth -> new JsonBoolean(truth);
      case Integer whole -> new JsonNumber(whole.toString());
      case Long whole -> new JsonNumber(whole.toString());
      case Double real -> number(real);
      case Iterable<?> all -> {
        List<JsonValue> elements = new ArrayList<>();
        all.forEach(one -> elements.add(value(one)));
        yield new JsonArray(elements);
      }
      default -> new JsonString(value.toString());
    };
  }

  /// JSON has no infinities, and no number that is none.
  private static JsonValue number(double value) {
    String text = Double.toString(value);
    return Double.isFinite(value) ? new JsonNumber(text) : new JsonString(text);
  }
}
