package dev.vidimus.inventory.schema;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.schema.JsonSchema.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One document against a schema. Recursion follows the document, whose depth its reader bounds;
/// between two levels of it at most [#MOST_STEPS] references are followed.
final class Validation {
  private static final int MOST_STEPS = 64;
  private static final int SHOWN = 80;

  private final JsonSchema schemas;
  private final int most;

  private Validation(JsonSchema schemas, int most) {
    this.schemas = schemas;
    this.most = most;
  }

  static List<Violation> of(JsonSchema schemas, JsonValue document, int most) {
    List<Violation> violations = new ArrayList<>();
    new Validation(schemas, most).check(document, schemas.root(), "", 0, violations);
    return violations.size() > most ? violations.subList(0, most) : violations;
  }

  private boolean fits(JsonValue value, Place place, String pointer, int steps) {
    List<Violation> violations = new ArrayList<>();
    check(value, place, pointer, steps, violations);
    return violations.isEmpty();
  }

  private void check(
      JsonValue value, Place place, String pointer, int steps, List<Violation> violations) {
    if (violations.size() > most) {
      return;
    }
    if (steps > MOST_STEPS) {
      throw new IllegalStateException("a schema refers to itself without going down");
    }
    if (place.schema() instanceof JsonBoolean(boolean allowed)) {
      if (!allowed) {
        violations.add(new Violation(pointer, "is not allowed here"));
      }
      return;
    }
    if (!(place.schema() instanceof JsonObject schema)) {
      throw new IllegalStateException("a schema is neither object nor truth value");
    }
    String reference = schema.string("$ref");
    if (reference != null) {
      // In draft 7 nothing beside a reference counts.
      check(value, schemas.resolve(place.document(), reference), pointer, steps + 1, violations);
      return;
    }
    Level level = new Level(value, place.document(), schema, pointer, steps, violations);
    level.scalar();
    level.combined();
    switch (value) {
      case JsonObject object -> level.object(object);
      case JsonArray array -> level.array(array);
      case JsonString(String text) -> level.text(text);
      case JsonNumber(String digits) -> level.number(digits);
      case JsonBoolean truth -> {}
      case JsonNull nothing -> {}
    }
  }

  /// One value against one schema.
  private final class Level {
    private final JsonValue value;
    private final String document;
    private final JsonObject schema;
    private final String pointer;
    private final int steps;
    private final List<Violation> violations;

    Level(
        JsonValue value,
        String document,
        JsonObject schema,
        String pointer,
        int steps,
        List<Violation> violations) {
      this.value = value;
      this.document = document;
      this.schema = schema;
      this.pointer = pointer;
      this.steps = steps;
      this.violations = violations;
    }

    private void problem(String text) {
      violations.add(new Violation(pointer, text));
    }

    private void inner(JsonValue inner, JsonValue with, String name) {
      String escaped = name.replace("~", "~0").replace("/", "~1");
      check(inner, new Place(document, with), pointer + "/" + escaped, 0, violations);
    }

    private boolean fits(JsonValue with) {
      return Validation.this.fits(value, new Place(document, with), pointer, steps + 1);
    }

    void scalar() {
      JsonValue type = schema.get("type");
      if (type != null && elements(type).stream().noneMatch(this::isOfType)) {
        problem("is " + kind(value) + ", not " + words(type));
      }
      JsonValue allowed = schema.get("enum");
      if (allowed != null && !elements(allowed).contains(value)) {
        problem(shown(value) + " is none of the words that are allowed");
      }
      JsonValue constant = schema.get("const");
      if (constant != null && !constant.equals(value)) {
        problem(shown(value) + " is not " + shown(constant));
      }
    }

    private boolean isOfType(JsonValue type) {
      String word = type instanceof JsonString(String text) ? text : "";
      return word.equals(kind(value))
          || (word.equals("number") && value instanceof JsonNumber)
          || (word.equals("integer") && value instanceof JsonNumber(String d) && isWhole(d));
    }

    void combined() {
      for (JsonValue all : elements(schema.get("allOf"))) {
        check(value, new Place(document, all), pointer, steps + 1, violations);
      }
      List<JsonValue> any = elements(schema.get("anyOf"));
      if (!any.isEmpty() && any.stream().noneMatch(this::fits)) {
        problem("has none of the forms that are allowed");
      }
      List<JsonValue> one = elements(schema.get("oneOf"));
      if (!one.isEmpty()) {
        long count = one.stream().filter(this::fits).count();
        if (count != 1) {
          problem("has " + count + " of the forms of which one is allowed");
        }
      }
      JsonValue not = schema.get("not");
      if (not != null && fits(not)) {
        problem("has a form that is not allowed");
      }
      JsonValue condition = schema.get("if");
      if (condition != null) {
        JsonValue then = schema.get(fits(condition) ? "then" : "else");
        if (then != null) {
          check(value, new Place(document, then), pointer, steps + 1, violations);
        }
      }
    }

    void object(JsonObject object) {
      for (JsonValue required : elements(schema.get("required"))) {
        if (required instanceof JsonString(String name) && object.get(name) == null) {
          problem("has no member " + name);
        }
      }
      JsonObject properties = schema.get("properties") instanceof JsonObject known ? known : null;
      JsonObject patterned =
          schema.get("patternProperties") instanceof JsonObject known ? known : null;
      JsonValue others = schema.get("additionalProperties");
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        String name = member.getKey();
        boolean isKnown = false;
        JsonValue with = properties == null ? null : properties.get(name);
        if (with != null) {
          isKnown = true;
          inner(member.getValue(), with, name);
        }
        if (patterned != null) {
          for (Map.Entry<String, JsonValue> one : patterned.members().entrySet()) {
            if (schemas.pattern(one.getKey()).matcher(name).find()) {
              isKnown = true;
              inner(member.getValue(), one.getValue(), name);
            }
          }
        }
        if (!isKnown && others != null) {
          if (others instanceof JsonBoolean(boolean allowed) && !allowed) {
            problem("has the member " + Printable.of(name, SHOWN) + ", which is not known");
          } else {
            inner(member.getValue(), others, name);
          }
        }
      }
    }

    void array(JsonArray array) {
      List<JsonValue> values = array.elements();
      bound("minItems", values.size(), "elements");
      bound("maxItems", values.size(), "elements");
      if (schema.get("uniqueItems") instanceof JsonBoolean(boolean unique) && unique) {
        Set<JsonValue> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
          if (!seen.add(values.get(i))) {
            problem("has element " + i + " twice");
          }
        }
      }
      JsonValue items = schema.get("items");
      JsonValue others = schema.get("additionalItems");
      for (int i = 0; i < values.size(); i++) {
        JsonValue with = items;
        if (items instanceof JsonArray each) {
          with = i < each.elements().size() ? each.elements().get(i) : others;
        }
        if (with != null) {
          inner(values.get(i), with, Integer.toString(i));
        }
      }
    }

    void text(String text) {
      int length = text.codePointCount(0, text.length());
      bound("minLength", length, "letters");
      bound("maxLength", length, "letters");
      String pattern = schema.string("pattern");
      if (pattern != null && !schemas.pattern(pattern).matcher(text).find()) {
        problem(shown(value) + " does not match " + pattern);
      }
      String format = schema.string("format");
      if (format != null && !Formats.has(format, text)) {
        problem(shown(value) + " is no " + format);
      }
    }

    void number(String digits) {
      BigDecimal number = Numbers.of(digits);
      if (schema.get("minimum") instanceof JsonNumber(String least)
          && number.compareTo(new BigDecimal(least)) < 0) {
        problem(shown(value) + " is below " + least);
      }
      if (schema.get("maximum") instanceof JsonNumber(String largest)
          && number.compareTo(new BigDecimal(largest)) > 0) {
        problem(shown(value) + " is above " + largest);
      }
    }

    private void bound(String keyword, int count, String what) {
      if (schema.get(keyword) instanceof JsonNumber(String digits)) {
        int limit = Integer.parseInt(digits);
        if (keyword.startsWith("min") ? count < limit : count > limit) {
          problem("has " + count + " " + what + ", " + keyword + " is " + limit);
        }
      }
    }
  }

  private static List<JsonValue> elements(@Nullable JsonValue value) {
    return switch (value) {
      case null -> List.of();
      case JsonArray array -> array.elements();
      default -> List.of(value);
    };
  }

  private static String words(JsonValue type) {
    return elements(type).stream().map(Validation::shown).collect(Collectors.joining(" or "));
  }

  private static boolean isWhole(String digits) {
    return Numbers.of(digits).stripTrailingZeros().scale() <= 0;
  }

  private static String kind(JsonValue value) {
    return switch (value) {
      case JsonObject object -> "object";
      case JsonArray array -> "array";
      case JsonString text -> "string";
      case JsonNumber number -> "number";
      case JsonBoolean truth -> "boolean";
      case JsonNull nothing -> "null";
    };
  }

  private static String shown(JsonValue value) {
    return switch (value) {
      case JsonObject object -> "an object";
      case JsonArray array -> "an array";
      default -> Printable.of(Json.text(value), SHOWN);
    };
  }
}
