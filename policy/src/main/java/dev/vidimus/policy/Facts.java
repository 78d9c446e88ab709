package dev.vidimus.policy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known about one artifact, for one question. Built by [Builder], which refuses what the
/// [FactSchema] does not have.
public final class Facts {
  private final Map<String, Map<String, Object>> sections;
  private final Map<String, List<String>> evidence;
  private final List<Exempt> exceptions;

  private Facts(
      Map<String, Map<String, Object>> sections,
      Map<String, List<String>> evidence,
      List<Exempt> exceptions) {
    this.sections = sections;
    this.evidence = evidence;
    this.exceptions = List.copyOf(exceptions);
  }

  /// A rule that does not apply to this artifact for a while.
  ///
  /// @param id digest of the request
  /// @param rule id of the rule
  /// @param owner who asked
  /// @param approver who granted it; empty if nobody has
  /// @param expires when it ends; at this instant it has no effect any more
  public record Exempt(String id, String rule, String owner, String approver, Instant expires) {}

  /// Collects facts.
  public static final class Builder {
    private final Map<String, Map<String, Object>> sections = new TreeMap<>();
    private final Map<String, List<String>> evidence = new TreeMap<>();
    private final List<Exempt> exceptions = new ArrayList<>();

    /// States a fact.
    ///
    /// @param value a `String`, `Long`, `Boolean` or list of strings, as the schema wants
    /// @throws IllegalArgumentException if the schema wants something else
    public Builder put(FactSchema section, String field, Object value) {
      FactSchema.Type type = section.type(field);
      boolean fits =
          type != null
              && switch (type) {
                case TEXT -> value instanceof String;
                case NUMBER -> value instanceof Long;
                case TRUTH -> value instanceof Boolean;
                case TEXTS -> value instanceof List<?>;
              };
      if (!fits) {
        throw new IllegalArgumentException(section.word() + "." + field + " is no " + type);
      }
      sections.computeIfAbsent(section.word(), word -> new TreeMap<>()).put(field, value);
      return this;
    }

    /// Names the statements that a section follows from.
    public Builder evidence(FactSchema section, List<String> digests) {
      evidence.put(section.word(), List.copyOf(digests));
      return this;
    }

    /// Adds an exception, whether it holds or not.
    public Builder exempt(Exempt exempt) {
      exceptions.add(exempt);
      return this;
    }

    /// The facts.
    public Facts build() {
      return new Facts(sections, evidence, exceptions);
    }
  }

  /// The sections that are known, as the evaluator wants them.
  Map<String, Map<String, Object>> sections() {
    return sections;
  }

  /// The statements that a section follows from.
  public List<String> evidence(String section) {
    return evidence.getOrDefault(section, List.of());
  }

  /// All exceptions, whether they hold or not.
  public List<Exempt> exceptions() {
    return exceptions;
  }

  /// The same with one exception more.
  public Facts with(Exempt exempt) {
    List<Exempt> more = new ArrayList<>(exceptions);
    more.add(exempt);
    return new Facts(sections, evidence, more);
  }

  /// A value, or null if it is not known.
  public @Nullable Object value(String section, String field) {
    return sections.getOrDefault(section, Map.of()).get(field);
  }

  /// A list of texts; empty if it is not known.
  List<String> texts(String section, String field) {
    return value(section, field) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// Whether a digest is one of the artifact's.
  boolean isAbout(String digest) {
    return digest.equals(value("artifact", "snapshot"))
        || texts("artifact", "aliases").contains(digest);
  }

  /// The time of the question, or null.
  @Nullable Instant now() {
    return value("question", "now") instanceof String text ? Instant.parse(text) : null;
  }

  /// A text of the question's section; empty if it is not known.
  String question(String field) {
    return value("question", field) instanceof String text ? text : "";
  }

  /// The facts as canonical JSON: sections and fields sorted.
  public String json() {
    Map<String, JsonValue> all = new LinkedHashMap<>();
    Map<String, JsonValue> facts = new LinkedHashMap<>();
    sections.forEach((section, fields) -> facts.put(section, object(fields)));
    all.put("facts", new JsonObject(facts));
    Map<String, JsonValue> digests = new LinkedHashMap<>();
    evidence.forEach((section, list) -> digests.put(section, value(list)));
    all.put("evidence", new JsonObject(digests));
    List<JsonValue> exempt = new ArrayList<>();
    for (Exempt one : exceptions) {
      Map<String, JsonValue> fields = new LinkedHashMap<>();
      fields.put("id", new JsonString(one.id()));
      fields.put("rule", new JsonString(one.rule()));
      fields.put("owner", new JsonString(one.owner()));
      fields.put("approver", new JsonString(one.approver()));
      fields.put("expires", new JsonString(one.expires().toString()));
      exempt.add(new JsonObject(fields));
    }
    all.put("exceptions", new JsonArray(exempt));
    return Json.text(new JsonObject(all));
  }

  private static JsonObject object(Map<String, Object> fields) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    fields.forEach((name, value) -> members.put(name, value(value)));
    return new JsonObject(members);
  }

  static JsonValue value(Object value) {
    if (value instanceof Long number) {
      return new JsonNumber(number.toString());
    }
    if (value instanceof Boolean truth) {
      return new JsonBoolean(truth);
    }
    if (value instanceof List<?> list) {
      return new JsonArray(list.stream().map(Facts::value).toList());
    }
    return new JsonString(value.toString());
  }

  /// Reads what [#json] wrote.
  ///
  /// @throws FormatException if it is something else, or has what the schema does not
  public static Facts read(String json) throws FormatException {
    try {
      return read((JsonObject) Json.parse(json, "facts"));
    } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
      throw new FormatException.Malformed("facts", 0, "are of another shape: " + e.getMessage());
    }
  }

  private static Facts read(JsonObject all) {
    Builder builder = new Builder();
    for (var section : ((JsonObject) member(all, "facts")).members().entrySet()) {
      FactSchema schema = FactSchema.ofWord(section.getKey());
      if (schema == null) {
        throw new IllegalArgumentException("no section " + section.getKey());
      }
      for (var field : ((JsonObject) section.getValue()).members().entrySet()) {
        builder.put(schema, field.getKey(), plain(field.getValue()));
      }
      if (((JsonObject) member(all, "evidence")).get(section.getKey())
          instanceof JsonArray(List<JsonValue> digests)) {
        builder.evidence(
            schema, digests.stream().map(digest -> ((JsonString) digest).text()).toList());
      }
    }
    for (JsonValue one : ((JsonArray) member(all, "exceptions")).elements()) {
      JsonObject exempt = (JsonObject) one;
      builder.exempt(
          new Exempt(
              text(exempt, "id"),
              text(exempt, "rule"),
              text(exempt, "owner"),
              text(exempt, "approver"),
              Instant.parse(text(exempt, "expires"))));
    }
    return builder.build();
  }

  private static JsonValue member(JsonObject object, String name) {
    JsonValue value = object.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no member " + name);
    }
    return value;
  }

  private static String text(JsonObject object, String name) {
    return ((JsonString) member(object, name)).text();
  }

  private static Object plain(JsonValue value) {
    return switch (value) {
      case JsonString(String text) -> text;
      case JsonNumber(String text) -> Long.valueOf(text);
      case JsonBoolean(boolean truth) -> truth;
      case JsonArray(List<JsonValue> elements) ->
          elements.stream().map(element -> ((JsonString) element).text()).toList();
      case JsonObject object -> throw new IllegalArgumentException("an object as a value");
      case JsonValue.JsonNull nothing -> throw new IllegalArgumentException("null as a value");
    };
  }
}
