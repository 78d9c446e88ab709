package dev.vidimus.inventory.schema;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A schema of this program's own resources, in the part of [JSON Schema draft
/// 7](https://json-schema.org/draft-07) that CycloneDX uses. A schema with another keyword does not
/// load: what is not understood is never passed over.
public final class JsonSchema {
  /// Keywords that [Validation] acts upon.
  private static final Set<String> ASSERTIONS =
      Set.of(
          "type",
          "enum",
          "const",
          "pattern",
          "required",
          "properties",
          "patternProperties",
          "additionalProperties",
          "items",
          "additionalItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "oneOf",
          "anyOf",
          "allOf",
          "not",
          "if",
          "then",
          "else",
          "format",
          "$ref");

  /// Keywords that say nothing about documents.
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$schema",
          "$id",
          "$comment",
          "title",
          "description",
          "examples",
          "default",
          "deprecated",
          "definitions",
          "meta:enum");

  private final Map<String, JsonValue> documents = new HashMap<>();
  private final Map<String, Pattern> patterns = new HashMap<>();
  private final String main;

  private JsonSchema(String main) {
    this.main = main;
  }

  /// Loads a schema, and those beside it that it refers to.
  ///
  /// @param name of a resource of this package, such as `bom-1.6.schema.json`
  /// @throws IllegalStateException if it has a keyword that is not understood
  public static JsonSchema resource(String name) {
    JsonSchema schema = new JsonSchema(name);
    schema.load(name);
    return schema;
  }

  private void load(String name) {
    if (documents.containsKey(name)) {
      return;
    }
    try (InputStream in =
        Objects.requireNonNull(JsonSchema.class.getResourceAsStream(name), name)) {
      JsonValue document = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
      documents.put(name, document);
      prepare(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Looks at a schema and all inside it.
  private void prepare(JsonValue schema) {
    if (!(schema instanceof JsonObject object)) {
      return;
    }
    Set<String> unknown = new HashSet<>(object.members().keySet());
    unknown.removeAll(ASSERTIONS);
    unknown.removeAll(ANNOTATIONS);
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("keywords that are not understood: " + unknown);
    }
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      switch (member.getKey()) {
        case "pattern" -> pattern(text(member.getValue()));
        case "$ref" -> {
          String file = text(member.getValue()).replaceAll("#.*", "");
          if (!file.isEmpty()) {
            load(resourceName(file));
          }
        }
        case "properties", "patternProperties", "definitions" -> {
          if (member.getValue() instanceof JsonObject inner) {
            inner.members().values().forEach(this::prepare);
          }
        }
        case "items", "additionalItems", "additionalProperties", "not", "if", "then", "else" ->
            prepareAll(member.getValue());
        case "oneOf", "anyOf", "allOf" -> prepareAll(member.getValue());
        default -> {}
      }
    }
  }

  private void prepareAll(JsonValue value) {
    if (value instanceof JsonValue.JsonArray array) {
      array.elements().forEach(this::prepare);
    } else {
      prepare(value);
    }
  }

  private static String text(JsonValue value) {
    return value instanceof JsonValue.JsonString(String text) ? text : "";
  }

  /// Schemas name one another by file or by address; their resources have the file's name.
  private static String resourceName(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /// A pattern, made once.
  Pattern pattern(String text) {
    return patterns.computeIfAbsent(text, Pattern::compile);
  }

  /// A schema, and the document that references in it are relative to.
  record Place(String document, JsonValue schema) {}

  /// What a reference in a document leads to.
  Place resolve(String document, String reference) {
    int hash = reference.indexOf('#');
    String file = hash < 0 ? reference : reference.substring(0, hash);
    String name = file.isEmpty() ? document : resourceName(file);
    JsonValue at = Objects.requireNonNull(documents.get(name), name);
    for (String part : (hash < 0 ? "" : reference.substring(hash + 1)).split("/", -1)) {
      if (!part.isEmpty()) {
        at = member(at, part.replace("~1", "/").replace("~0", "~"), reference);
      }
    }
    return new Place(name, at);
  }

  private static JsonValue member(JsonValue at, String name, String reference) {
    JsonValue inner = at instanceof JsonObject object ? object.get(name) : null;
    if (inner == null) {
      throw new IllegalStateException("a schema refers to nothing: " + reference);
    }
    return inner;
  }

  /// The schema itself.
  Place root() {
    return new Place(main, Objects.requireNonNull(documents.get(main)));
  }

  /// The places at which a document breaks this schema; empty if it does not.
  ///
  /// @param most at which it stops looking
  public List<Violation> violations(@Nullable JsonValue document, int most) {
    return Validation.of(this, Objects.requireNonNull(document), most);
  }
}
