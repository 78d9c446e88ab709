package dev.vidimus.artifact.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One value of a document, as [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) names them.
public sealed interface JsonValue {
  /// Members in the order of the document, no name twice.
  ///
  /// @param members immutable
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /// The member of that name, or null.
    public @Nullable JsonValue get(String name) {
      return members.get(name);
    }

    /// The text of a member that is a string, or null if it is absent or something else.
    public @Nullable String string(String name) {
      return members.get(name) instanceof JsonString(String text) ? text : null;
    }
  }

  /// Elements in order.
  ///
  /// @param elements immutable
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /// A string.
  ///
  /// @param text unescaped; without lone surrogates
  record JsonString(String text) implements JsonValue {}

  /// A number of any size and precision.
  ///
  /// @param text exactly as the document has it
  record JsonNumber(String text) implements JsonValue {}

  /// `true` or `false`.
  record JsonBoolean(boolean value) implements JsonValue {}

  /// `null`.
  record JsonNull() implements JsonValue {}
}
