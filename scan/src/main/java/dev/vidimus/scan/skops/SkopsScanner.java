package dev.vidimus.scan.skops;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.pickle.Threats;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges `schema.json` of an archive: every object in it that names a module, at any depth. A
/// schema that is not one of skops is examined as any JSON.
public final class SkopsScanner implements Scanner {
  /// Packages whose types skops trusts, or whose models it is made for.
  private static final Set<String> ORDINARY =
      Set.of(
          "sklearn",
          "numpy",
          "scipy",
          "pandas",
          "builtins",
          "collections",
          "datetime",
          "functools",
          "operator",
          "xgboost",
          "lightgbm",
          "catboost",
          "quantile_forest",
          "imblearn");

  private static final int SHOWN = 100;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    JsonValue schema;
    try {
      schema =
          Json.parse(
              target.bytes(),
              target.location().path(),
              JsonLimits.DEFAULT,
              JsonReader.Dialect.PYTHON);
    } catch (FormatException e) {
      inspection.examine(target); // which says how the JSON is broken
      return;
    }
    if (schema instanceof JsonObject root && root.string("__loader__") != null) {
      judge(root, target.location(), inspection);
    } else {
      inspection.examine(target);
    }
  }

  // As deep as the reader of JSON allows.
  private static void judge(JsonValue value, Location location, Inspection inspection) {
    switch (value) {
      case JsonObject object -> {
        node(object, location, inspection);
        object.members().values().forEach(member -> judge(member, location, inspection));
      }
      case JsonArray(List<JsonValue> elements) ->
          elements.forEach(element -> judge(element, location, inspection));
      case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> {}
    }
  }

  private static void node(JsonObject node, Location location, Inspection inspection) {
    reference(node.string("__module__"), node.string("__class__"), location, inspection);
    // A function is named in its content, with a module of its own.
    reference(node.string("module_path"), node.string("function"), location, inspection);
    if (node.get("content") instanceof JsonString(String name)) {
      reference(node.string("__module__"), name, location, inspection);
    }
    if ("MethodNode".equals(node.string("__loader__"))
        && node.get("content") instanceof JsonObject method) {
      String name = method.string("func");
      if (name != null && (name.startsWith("_") || name.indexOf('.') >= 0)) {
        report(SkopsRule.HIDDEN_ATTRIBUTE, "the attribute " + shown(name), location, inspection);
      }
    }
  }

  private static void reference(
      @Nullable String module, @Nullable String name, Location location, Inspection inspection) {
    if (module == null || name == null) {
      return;
    }
    String shown = shown(module + "." + name);
    String danger = Threats.of(module, name);
    if (danger != null) {
      report(SkopsRule.DANGEROUS_REFERENCE, shown + " " + danger, location, inspection);
    } else if (!ORDINARY.contains(top(module))) {
      report(SkopsRule.CUSTOM_OBJECT, shown + " is in no ordinary package", location, inspection);
    }
  }

  private static void report(Rule rule, String message, Location location, Inspection inspection) {
    inspection.report(rule.at(location, message, ""));
  }

  private static String top(String module) {
    int dot = module.indexOf('.');
    return dot < 0 ? module : module.substring(0, dot);
  }

  private static String shown(String text) {
    return Printable.of(text, SHOWN);
  }
}
