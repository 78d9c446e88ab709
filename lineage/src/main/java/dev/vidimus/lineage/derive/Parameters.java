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
import org.jspecify.annotations.Nullable;

/// What a claim says of the way a model was made: a JSON object whose members depend on the
/// relation.
///
/// @param object as it was given
public record Parameters(JsonObject object) {
  /// Nothing is said.
  public static final Parameters NONE = new Parameters(new JsonObject(Map.of()));

  @Nullable String text(String name) {
    return object.string(name);
  }

  /// A number, or null if it is not given, or no finite number.
  @Nullable Double number(String name) {
    return object.get(name) instanceof JsonNumber(String text) ? finite(text) : null;
  }

  private static @Nullable Double finite(String text) {
    double value = Double.parseDouble(text); // JSON's numbers are Java's
    return Double.isFinite(value) ? value : null;
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  boolean isTrue(String name) {
    return object.get(name) instanceof JsonBoolean(boolean value) && value;
  }

  /// A list of numbers, or null if it is not given or one of them is none.
  @Nullable List<Double> numbers(String name) {
    if (!(object.get(name) instanceof JsonArray array)) {
      return null;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      Double number = element instanceof JsonNumber(String text) ? finite(text) : null;
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }

  /// A list of texts, or null if it is not given or one of them is none.
  @Nullable List<String> texts(String name) {
    if (!(object.get(name) instanceof JsonArray array)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      if (!(element instanceof JsonString(String text))) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }

  /// The members, for the record.
  Map<String, Object> all() {
    return new LinkedHashMap<>(object.members());
  }
}
