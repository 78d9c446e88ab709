package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.schema.JsonSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Identifiers of the [licence list](https://spdx.org/licenses/), as the schema of CycloneDX lists
/// them.
final class SpdxIds {
  private static final String LIST = "spdx.schema.json";
  private static final Map<String, String> IDS = load();

  private SpdxIds() {}

  private static Map<String, String> load() {
    try (InputStream in = Objects.requireNonNull(JsonSchema.class.getResourceAsStream(LIST))) {
      Map<String, String> ids = new HashMap<>();
      JsonValue list = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), LIST);
      if (list instanceof JsonObject object && object.get("enum") instanceof JsonArray array) {
        for (JsonValue element : array.elements()) {
          if (element instanceof JsonString(String id)) {
            ids.put(id.toLowerCase(Locale.ROOT), id);
          }
        }
      }
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The one spelling of an identifier; the text itself if it is none.
  static String spelled(String text) {
    return IDS.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text);
  }

  static boolean isId(String text) {
    return text.equals(IDS.get(text.toLowerCase(Locale.ROOT)));
  }

  /// Whether a text is an expression of several identifiers.
  static boolean isExpression(String text) {
    boolean hasOperator = false;
    for (String word : text.replace('(', ' ').replace(')', ' ').strip().split("\\s+", -1)) {
      boolean isOperator = word.equals("AND") || word.equals("OR") || word.equals("WITH");
      hasOperator |= isOperator;
      String id = word.endsWith("+") ? word.substring(0, word.length() - 1) : word;
      if (!isOperator
          && !IDS.containsKey(id.toLowerCase(Locale.ROOT))
          && !id.startsWith("LicenseRef-")) {
        return false;
      }
    }
    return hasOperator;
  }
}
