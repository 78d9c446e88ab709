package dev.vidimus.inventory.vex;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ways to look into a document that do not fail where something has another type.
final class Facts {
  private Facts() {}

  static String text(@Nullable JsonObject object, String name) {
    String text = object == null ? null : object.string(name);
    return text == null ? "" : text.strip();
  }

  static List<JsonValue> values(@Nullable JsonObject object, String name) {
    return object != null && object.get(name) instanceof JsonArray array
        ? array.elements()
        : List.of();
  }

  static List<JsonObject> objects(@Nullable JsonObject object, String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue value : values(object, name)) {
      if (value instanceof JsonObject one) {
        objects.add(one);
      }
    }
    return objects;
  }

  static List<String> strings(@Nullable JsonObject object, String name) {
    List<String> strings = new ArrayList<>();
    for (JsonValue value : values(object, name)) {
      if (value instanceof JsonString(String text)) {
        strings.add(text);
      }
    }
    return strings;
  }

  /// A time of [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339), or a day, which begins at
  /// midnight UTC; null if it is neither.
  static @Nullable Instant time(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
