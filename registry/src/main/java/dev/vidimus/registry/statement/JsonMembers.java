package dev.vidimus.registry.statement;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects the members of a JSON object in order. Null values are left out.
public final class JsonMembers {
  private final Map<String, JsonValue> members = new LinkedHashMap<>();

  public JsonMembers put(String name, @Nullable JsonValue value) {
    if (value != null) {
      members.put(name, value);
    }
    return this;
  }

  public JsonMembers put(String name, @Nullable String text) {
    return put(name, text == null ? null : new JsonString(text));
  }

  public JsonMembers put(String name, boolean truth) {
    return put(name, new JsonBoolean(truth));
  }

  public JsonMembers put(String name, long number) {
    return put(name, new JsonNumber(Long.toString(number)));
  }

  public JsonMembers put(String name, Collection<String> texts) {
    return put(name, new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList()));
  }

  /// The object.
  public JsonObject object() {
    return new JsonObject(members);
  }
}
