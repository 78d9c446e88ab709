package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object of JSON while it is put together, and ways to look into one that do not fail where
/// something has another type than it should have. What is empty is left out.
final class Members {
  private final Map<String, JsonValue> members = new LinkedHashMap<>();

  Members text(String name, String text) {
    return text.isEmpty() ? this : put(name, new JsonString(text));
  }

  Members texts(String name, List<String> texts) {
    return array(name, texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  Members array(String name, List<? extends JsonValue> elements) {
    return elements.isEmpty() ? this : put(name, new JsonArray(List.copyOf(elements)));
  }

  Members object(String name, JsonObject object) {
    return object.members().isEmpty() ? this : put(name, object);
  }

  Members put(String name, JsonValue value) {
    members.put(name, value);
    return this;
  }

  /// Members of another object that are not here yet.
  Members add(JsonObject other) {
    other.members().forEach(members::putIfAbsent);
    return this;
  }

  JsonObject json() {
    return new JsonObject(members);
  }

  static String text(@Nullable JsonObject object, String name) {
    String text = object == null ? null : object.string(name);
    return text == null ? "" : text;
  }

  static JsonObject object(@Nullable JsonObject object, String name) {
    return object != null && object.get(name) instanceof JsonObject inner ? inner : Part.NOTHING;
  }

  static List<JsonObject> objects(@Nullable JsonObject object, String name) {
    List<JsonObject> objects = new ArrayList<>();
    if (object != null && object.get(name) instanceof JsonArray array) {
      for (JsonValue element : array.elements()) {
        if (element instanceof JsonObject one) {
          objects.add(one);
        }
      }
    }
    return objects;
  }

  /// Strings of a member that is an array of them, or one.
  static List<String> strings(@Nullable JsonObject object, String name) {
    List<String> strings = new ArrayList<>();
    JsonValue value = object == null ? null : object.get(name);
    List<JsonValue> values =
        value instanceof JsonArray array
            ? array.elements()
            : value == null ? List.of() : List.of(value);
    for (JsonValue one : values) {
      if (one instanceof JsonString(String text)) {
        strings.add(text);
      }
    }
    return strings;
  }

  /// The members that have other names than these.
  static JsonObject without(JsonObject object, Set<String> names) {
    Map<String, JsonValue> left = new LinkedHashMap<>(object.members());
    left.keySet().removeAll(names);
    return new JsonObject(left);
  }

  /// Whether it has a member that has another name than these.
  static boolean hasOther(JsonObject object, Set<String> names) {
    return !names.containsAll(object.members().keySet());
  }
}
