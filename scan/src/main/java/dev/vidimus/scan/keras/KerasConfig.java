package dev.vidimus.scan.keras;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.scan.graph.ExternalPath;
import dev.vidimus.scan.graph.Operators;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks a configuration and judges every object in it, at any depth and under any key: which of
/// them a loader reaches differs between its versions.
final class KerasConfig {
  /// Members whose text some layer opens or fetches.
  private static final Set<String> PATHS =
      Set.of(
          "vocabulary",
          "idf_weights",
          "merges",
          "filepath",
          "filename",
          "file_path",
          "fname",
          "path",
          "model_path",
          "weights_path",
          "origin",
          "url",
          "cache_dir");

  private static final int LONGEST_PATH = 4096;
  private static final int DEEPEST_TEXT = 3;
  private static final int SHOWN = 100;

  private final Target target;
  private final Location location;
  private final Inspection inspection;

  /// @param location of the configuration, which may be a part of the target
  KerasConfig(Target target, Location location, Inspection inspection) {
    this.target = target;
    this.location = location;
    this.inspection = inspection;
  }

  void judge(JsonValue value) throws IOException {
    judge(value, 0);
  }

  // As deep as the reader of JSON allows, in texts of JSON again.
  private void judge(JsonValue value, int texts) throws IOException {
    switch (value) {
      case JsonObject object -> {
        object(object);
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
          member(member.getKey(), member.getValue());
          judge(member.getValue(), texts);
        }
      }
      case JsonArray(List<JsonValue> elements) -> {
        for (JsonValue element : elements) {
          judge(element, texts);
        }
      }
      case JsonString(String text) -> text(text, texts);
      case JsonNumber _, JsonBoolean _, JsonNull _ -> {}
    }
  }

  /// Some members are a configuration written as text.
  private void text(String text, int texts) throws IOException {
    if (texts < DEEPEST_TEXT && text.startsWith("{") && text.endsWith("}")) {
      JsonValue inner;
      try {
        inner = Json.parse(text, location.path(), JsonReader.Dialect.PYTHON);
      } catch (FormatException e) {
        return; // a text that begins with a brace
      }
      judge(inner, texts + 1);
    }
  }

  private void member(String name, JsonValue value) {
    if (name.equals("safe_mode") && value instanceof JsonBoolean(boolean on) && !on) {
      report(KerasRule.UNSAFE_MODE, "safe_mode is false", "");
    }
    if (value instanceof JsonString(String text)
        && PATHS.contains(name)
        && text.length() <= LONGEST_PATH
        && ExternalPath.escapes(text)) {
      report(KerasRule.READS_PATH, "\"" + name + "\" is " + shown(text), shown(text));
    }
  }

  private void object(JsonObject object) throws IOException {
    String type = object.string("class_name");
    String spec = type == null ? object.string("spec_name") : type;
    if (spec != null) {
      reference(object, spec);
    }
    if (type != null) {
      layer(object, type);
    }
  }

  private void reference(JsonObject object, String type) {
    String function = object.string("config"); // the name of a function, an object for a class
    String name = type.equals("function") && function != null ? function : type;
    KerasReference reference =
        new KerasReference(object.string("module"), name, object.string("registered_name"));
    KerasReference.@Nullable Judgement judgement = reference.judge();
    if (judgement != null) {
      report(judgement.rule(), reference.shown() + " " + judgement.why(), "");
    }
  }

  private void layer(JsonObject object, String type) throws IOException {
    JsonValue config = object.get("config");
    JsonObject values = config instanceof JsonObject inner ? inner : new JsonObject(Map.of());
    switch (type) {
      case "Lambda" -> {
        if (isCode(values.get("function"))) {
          report(KerasRule.LAMBDA, "a Lambda layer", "");
        }
      }
      case "__lambda__" -> report(KerasRule.LAMBDA, "a function as compiled code", "");
      case "__bytes__" -> bytes(values.string("value"));
      case "TFOpLambda", "SlicingOpLambda" -> operation(values.string("function"));
      case "TensorFlowOpLayer" -> node(values.get("node_def"));
      default -> {}
    }
  }

  /// A function by name is not code; anything else is.
  private static boolean isCode(@Nullable JsonValue function) {
    return !(function instanceof JsonString)
        && !(function instanceof JsonObject object
            && !"__lambda__".equals(object.string("class_name"))
            && object.get("code") == null);
  }

  private void bytes(@Nullable String value) throws IOException {
    if (value == null) {
      return;
    }
    byte[] decoded;
    try {
      decoded = Base64.getMimeDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      return; // no loader gets further
    }
    inspection.examine(target.inside(Bytes.of(decoded), "__bytes__", Target.Purpose.PAYLOAD));
  }

  /// A function of TensorFlow by its path under `tf`.
  private void operation(@Nullable String function) {
    if (function != null && Operators.isHarmfulFunction(function)) {
      report(KerasRule.DANGEROUS_REFERENCE, "tf." + shown(function) + " is called as a layer", "");
    }
  }

  private void node(@Nullable JsonValue definition) {
    if (definition instanceof JsonObject node) {
      String type = node.string("op");
      if (type != null && Operators.danger(type) != null) {
        report(KerasRule.DANGEROUS_REFERENCE, "the operator " + shown(type) + " is a layer", "");
      }
    }
  }

  private void report(Rule rule, String message, String evidence) {
    inspection.report(rule.at(location, message, evidence));
  }

  private static String shown(String text) {
    return Printable.of(text, SHOWN);
  }
}
