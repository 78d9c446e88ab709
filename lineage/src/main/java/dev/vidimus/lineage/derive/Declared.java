package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.formats.yaml.YamlTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a file says of the derivation of a model: the configuration of a PEFT adapter, or a recipe
/// of mergekit. All of it is declared, none of it is checked.
///
/// @param type of the adapter (`LORA`, `IA3`) or the method of the merge (`linear`, `slerp`)
/// @param scale of a LoRA's product, or null
/// @param parents models that it is made from, base included
/// @param adapters adapters that a recipe merges into its parents first
/// @param weights what a recipe gives its parents, in order, as far as they are single numbers
/// @param recomputable whether the derivation follows from these files and the parents alone
/// @param parameters what a recipe says of a merge, in the words that the comparison of a merge
///     takes for these parents; null if it says anything that is not recomputed
/// @param notes why not, and what is odd
public record Declared(
    String type,
    @Nullable Double scale,
    List<String> parents,
    List<String> adapters,
    List<Double> weights,
    boolean recomputable,
    @Nullable JsonObject parameters,
    List<String> notes) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?");

  public Declared {
    parents = List.copyOf(parents);
    adapters = List.copyOf(adapters);
    weights = List.copyOf(weights);
    notes = List.copyOf(notes);
  }

  /// Reads a file.
  ///
  /// @param name tells JSON from YAML by its ending
  /// @throws FormatException if it breaks its format, or is neither kind of file
  public static Declared read(Bytes bytes, String name) throws IOException, FormatException {
    JsonValue value =
        name.toLowerCase(Locale.ROOT).endsWith(".json")
            ? Json.parse(bytes, name, JsonLimits.DEFAULT)
            : YamlTree.read(bytes, name);
    if (value instanceof JsonObject object) {
      if (object.get("peft_type") != null) {
        return adapter(new AdapterConfig(object));
      }
      if (object.get("merge_method") != null || object.get("experts") != null) {
        return recipe(object);
      }
      if (object.get("models") != null || object.get("slices") != null) {
        throw new FormatException.Malformed(name, 0, "a recipe without merge_method");
      }
    }
    throw new FormatException.Unsupported(name, 0, "no adapter configuration and no merge recipe");
  }

  private static Declared adapter(AdapterConfig config) {
    String obstacle = config.obstacle();
    boolean isLora = config.type().equals("LORA");
    Double scale = isLora ? config.scale() : null;
    List<String> notes = new ArrayList<>();
    if (!obstacle.isEmpty()) {
      notes.add("not recomputed: " + obstacle);
    } else if (scale == null) {
      notes.add("rank or alpha make no sense");
    }
    List<String> parents = config.base().isEmpty() ? List.of() : List.of(config.base());
    boolean isRecomputable = obstacle.isEmpty() && scale != null;
    return new Declared(
        config.type(), scale, parents, List.of(), List.of(), isRecomputable, null, notes);
  }

  private static Declared recipe(JsonObject recipe) {
    String method = recipe.string("merge_method");
    String type = method == null ? "moe" : method;
    Set<String> parents = new LinkedHashSet<>();
    Set<String> adapters = new LinkedHashSet<>();
    List<Double> weights = new ArrayList<>();
    collect(recipe, parents, adapters, weights);
    List<String> notes = new ArrayList<>();
    for (String parent : parents) {
      int at = parent.indexOf('@');
      if (parent.startsWith(".") || parent.startsWith("/")) {
        notes.add("a local path, which is no pin: " + parent);
      } else if (at >= 0 && !COMMIT.matcher(parent.substring(at + 1)).matches()) {
        notes.add("pinned to a name that can move: " + parent);
      }
    }
    String obstacle =
        switch (type) {
          case "linear", "slerp", "task_arithmetic", "ties", "passthrough" -> "";
          case "moe" -> "the router is new; only the experts are those of the parents";
          case "dare_ties", "dare_linear", "della", "della_linear" ->
              "random masks, whose seed nobody recorded";
          default -> "merges by " + type + " are not recomputed here";
        };
    if (!obstacle.isEmpty()) {
      notes.add("not recomputed: " + obstacle);
    }
    return new Declared(
        type,
        null,
        List.copyOf(parents),
        List.copyOf(adapters),
        weights,
        obstacle.isEmpty(),
        adapters.isEmpty() ? Recipe.parameters(recipe, List.copyOf(parents)) : null,
        notes);
  }

  /// Models anywhere in the recipe. It recurses over a tree whose depth its reader bounded.
  private static void collect(
      JsonValue value, Set<String> parents, Set<String> adapters, List<Double> weights) {
    switch (value) {
      case JsonObject object -> {
        for (String name : List.of("model", "source_model", "base_model")) {
          if (object.get(name) instanceof JsonString(String text)) {
            String[] parts = text.split("\\+", -1);
            parents.add(parts[0]);
            for (int i = 1; i < parts.length; i++) {
              adapters.add(parts[i]);
            }
          }
        }
        if (object.get("model") != null
            && object.get("parameters") instanceof JsonObject given
            && given.get("weight") instanceof JsonNumber(String number)) {
          weights.add(Double.parseDouble(number));
        }
        object.members().values().forEach(member -> collect(member, parents, adapters, weights));
      }
      case JsonArray array ->
          array.elements().forEach(element -> collect(element, parents, adapters, weights));
      default -> {}
    }
  }
}
