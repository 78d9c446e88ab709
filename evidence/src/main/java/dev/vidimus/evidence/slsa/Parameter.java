package dev.vidimus.evidence.slsa;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One value that whoever asked for a build could choose.
///
/// @param name the names of the members that lead to it, with dots between them: `workflow.ref`
/// @param value the text of a string, or the shortest JSON of anything else
record Parameter(String name, String value) {
  /// Every value of a tree that is no object, in its order. Objects without members have nothing
  /// to choose.
  static List<Parameter> of(JsonObject tree) {
    List<Parameter> parameters = new ArrayList<>();
    collect("", tree, parameters);
    return parameters;
  }

  /// It recurses; the tree is one that the reader bounded.
  private static void collect(String prefix, JsonObject tree, List<Parameter> into) {
    for (Map.Entry<String, JsonValue> member : tree.members().entrySet()) {
      String name = prefix + member.getKey();
      if (member.getValue() instanceof JsonObject object) {
        collect(name + ".", object, into);
      } else {
        into.add(new Parameter(name, text(member.getValue())));
      }
    }
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString(String text) ? text : Json.text(value);
  }
}
