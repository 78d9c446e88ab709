package dev.vidimus.registry.shelf;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.formats.yaml.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The front matter of a card as hubs give it to their clients: plain data, or nothing.
///
/// Whoever wrote the card wrote it for the client, which hands members to its own code by their
/// names: `model_info` of Python must not break because of one. A hub refuses such a card when it
/// is published; here it comes without those members.
final class CardData {
  /// The longest front matter that is read, in bytes.
  static final int LONGEST = 64 << 10;

  private static final JsonObject NONE = new JsonObject(Map.of());
  private static final String BEGIN = "---\n";
  private static final int MOST_MEMBERS = 500;

  /// Python's `json` refuses numbers of more than 4300 digits, and nobody means one of this length.
  private static final int LONGEST_NUMBER = 40;

  /// Names that Python's clients give to parameters of their own.
  private static final Set<String> TAKEN = Set.of("self", "ignore_metadata_errors", "eval_results");

  private static final String RESULTS = "model-index";

  private CardData() {}

  /// The members; none if there is no front matter, or it is no plain data.
  ///
  /// @param card its beginning
  static JsonObject of(byte[] card) throws IOException {
    String text = new String(card, StandardCharsets.UTF_8).replace("\r\n", "\n");
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    int end = text.indexOf("\n---", BEGIN.length() - 1);
    if (!text.startsWith(BEGIN) || end < 0 || end >= LONGEST) {
      return NONE;
    }
    byte[] front = text.substring(BEGIN.length(), end + 1).getBytes(StandardCharsets.UTF_8);
    try {
      return YamlTree.read(Bytes.of(front), "card") instanceof JsonObject object
          ? harmless(object)
          : NONE;
    } catch (FormatException e) {
      return NONE; // what is wrong with it is a finding
    }
  }

  private static JsonObject harmless(JsonObject object) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      String name = member.getKey();
      JsonValue value = member.getValue();
      boolean fits =
          switch (name) {
            case "tags" -> isTexts(value);
            case RESULTS -> isResults(value);
            default -> !TAKEN.contains(name);
          };
      if (fits && members.size() < MOST_MEMBERS) {
        members.put(name, plain(value));
      }
    }
    return new JsonObject(members);
  }

  private static JsonValue plain(JsonValue value) {
    return switch (value) {
      case JsonNumber(String text) when text.length() > LONGEST_NUMBER -> new JsonString(text);
      case JsonArray(List<JsonValue> elements) ->
          new JsonArray(elements.stream().map(CardData::plain).toList());
      case JsonObject object -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, plain(member)));
        yield new JsonObject(members);
      }
      default -> value;
    };
  }

  private static boolean isTexts(JsonValue value) {
    return value instanceof JsonArray(List<JsonValue> elements)
        && elements.stream().allMatch(JsonString.class::isInstance);
  }

  private static boolean isResults(JsonValue value) {
    return isObjects(value)
        && ((JsonArray) value)
            .elements().stream()
                .map(model -> ((JsonObject) model).get("results"))
                .allMatch(results -> results != null && areResults(results));
  }

  private static boolean areResults(JsonValue value) {
    return isObjects(value)
        && ((JsonArray) value)
            .elements().stream()
                .map(JsonObject.class::cast)
                .allMatch(
                    result ->
                        result.get("task") instanceof JsonObject
                            && result.get("dataset") instanceof JsonObject
                            && result.get("metrics") instanceof JsonArray metrics
                            && isObjects(metrics));
  }

  private static boolean isObjects(JsonValue value) {
    return value instanceof JsonArray(List<JsonValue> elements)
        && elements.stream().allMatch(JsonObject.class::isInstance);
  }
}
