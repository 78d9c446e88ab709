package dev.vidimus.artifact.json;

import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.Map;

/// Writes JSON in its shortest form, members in the order given: the same calls give the same text.
///
/// Control characters, format characters (bidirectional overrides among them), line separators and
/// lone surrogates are written as escapes of four hex digits, so that text from an artifact cannot
/// disguise a line.
///
/// ```java
/// String line = new JsonWriter().object().name("path").string(path).endObject().toString();
/// ```
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(256);

  /// True after a value, when a comma must come before the next.
  private boolean separate;

  /// Begins an object.
  public JsonWriter object() {
    return open('{');
  }

  /// Ends the innermost object.
  public JsonWriter endObject() {
    return close('}');
  }

  /// Begins an array.
  public JsonWriter array() {
    return open('[');
  }

  /// Ends the innermost array.
  public JsonWriter endArray() {
    return close(']');
  }

  /// Begins a member; its value must follow.
  public JsonWriter name(String name) {
    comma();
    quote(name);
    out.append(':');
    separate = false;
    return this;
  }

  /// A string.
  public JsonWriter string(String text) {
    comma();
    quote(text);
    return this;
  }

  /// A whole number.
  public JsonWriter number(long value) {
    comma();
    out.append(value);
    return this;
  }

  /// `true` or `false`.
  public JsonWriter bool(boolean value) {
    comma();
    out.append(value);
    return this;
  }

  /// `null`.
  public JsonWriter nothing() {
    comma();
    out.append("null");
    return this;
  }

  /// A tree. It recurses, so the tree is one that [JsonReader] bounded or our own.
  public JsonWriter value(JsonValue value) {
    return switch (value) {
      case JsonObject(Map<String, JsonValue> members) -> {
        object();
        members.forEach((name, member) -> name(name).value(member));
        yield endObject();
      }
      case JsonArray array -> {
        array();
        array.elements().forEach(this::value);
        yield endArray();
      }
      case JsonString(String text) -> string(text);
      case JsonNumber(String text) -> {
        comma();
        out.append(text);
        yield this;
      }
      case JsonBoolean(boolean truth) -> bool(truth);
      case JsonNull() -> nothing();
    };
  }

  /// A value that another writer has written.
  public JsonWriter written(JsonWriter value) {
    comma();
    out.append(value.out);
    return this;
  }

  /// What has been written so far.
  @Override
  public String toString() {
    return out.toString();
  }

  private JsonWriter open(char bracket) {
    comma();
    out.append(bracket);
    separate = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.append(bracket);
    separate = true;
    return this;
  }

  private void comma() {
    if (separate) {
      out.append(',');
    }
    separate = true;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        char low = text.charAt(++i);
        if (isPlain(Character.toCodePoint(c, low))) {
          out.append(c).append(low);
        } else {
          escape(c);
          escape(low);
        }
      } else if (isPlain(c)) {
        out.append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (c == '\r') {
        out.append("\\r");
      } else {
        escape(c);
      }
    }
    out.append('"');
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xf));
    }
  }
}
