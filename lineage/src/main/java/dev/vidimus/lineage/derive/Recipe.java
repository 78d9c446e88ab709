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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a recipe of mergekit means for recomputing the merge: its parameters in the words of
/// [ModelMerge], for parents in the order in which the recipe is read, the base first. A recipe
/// that says anything that is not recomputed here (parts of models, other tokens, two roundings)
/// gives none, so that nobody is refuted for what was not understood.
final class Recipe {
  private static final Set<String> KNOWN =
      Set.of("t", "weight", "density", "normalize", "lambda", "int8_mask");
  private static final List<String> NOT_RECOMPUTED =
      List.of("modules", "tokenizer_source", "tokenizer");

  private final JsonObject recipe;
  private final List<String> parents;
  private final List<JsonObject> sources = new ArrayList<>();
  private @Nullable JsonObject slice;

  private Recipe(JsonObject recipe, List<String> parents) {
    this.recipe = recipe;
    this.parents = parents;
  }

  /// Its parameters; null if the merge is not recomputed by them.
  ///
  /// @param parents the models that it names, as they are handed to the comparison
  static @Nullable JsonObject parameters(JsonObject recipe, List<String> parents) {
    String method = recipe.string("merge_method");
    Recipe one = new Recipe(recipe, parents);
    return method == null || !one.isPlain() ? null : one.parameters(method);
  }

  private boolean isPlain() {
    if (NOT_RECOMPUTED.stream().anyMatch(name -> recipe.get(name) != null)) {
      return false;
    }
    JsonValue after = recipe.get("out_dtype");
    JsonValue during = recipe.get("dtype");
    return (after == null || after.equals(during)) && isKnown(recipe);
  }

  private static boolean isKnown(JsonObject part) {
    JsonValue given = part.get("parameters");
    return given == null
        || (given instanceof JsonObject object && KNOWN.containsAll(object.members().keySet()));
  }

  private @Nullable JsonObject parameters(String method) {
    Map<String, JsonValue> found = new LinkedHashMap<>();
    found.put("method", new JsonString(method));
    if (method.equals("passthrough")) {
      return new JsonObject(found);
    }
    if (!readSources(found)) {
      return null;
    }
    boolean isWhole =
        switch (method) {
          case "slerp" -> putT(found);
          case "linear" -> putWeights(found, parents);
          case "task_arithmetic", "ties", "dare_ties", "dare_linear" ->
              isBaseFirst()
                  && putWeights(found, parents.subList(1, parents.size()))
                  && (method.equals("task_arithmetic") || putDensities(found));
          default -> false;
        };
    return isWhole && putRest(found) ? new JsonObject(found) : null;
  }

  private boolean readSources(Map<String, JsonValue> found) {
    JsonValue list = recipe.get("models");
    if (recipe.get("slices") instanceof JsonArray slices) {
      if (slices.elements().size() != 1
          || !(slices.elements().getFirst() instanceof JsonObject only)
          || only.get("base_model") != null
          || !isKnown(only)) {
        return false;
      }
      slice = only;
      list = only.get("sources");
    }
    if (!(list instanceof JsonArray array)) {
      return false;
    }
    for (JsonValue element : array.elements()) {
      if (!(element instanceof JsonObject source)
          || !isKnown(source)
          || !parents.contains(String.valueOf(source.string("model")))) {
        return false; // or it has an adapter, which is merged into it first
      }
      if (slice != null && !putLayers(source, found)) {
        return false;
      }
      sources.add(source);
    }
    return true;
  }

  /// A slice must be all layers of the models, which only they can tell.
  private static boolean putLayers(JsonObject source, Map<String, JsonValue> found) {
    if (!(source.get("layer_range") instanceof JsonArray range)
        || range.elements().size() != 2
        || !range.elements().getFirst().equals(new JsonNumber("0"))
        || !(range.elements().getLast() instanceof JsonNumber last)) {
      return false;
    }
    JsonValue before = found.put("layers", last);
    return before == null || before.equals(last);
  }

  private boolean isBaseFirst() {
    String base = recipe.string("base_model");
    return base != null && parents.size() > 1 && parents.getFirst().equals(base);
  }

  private boolean putT(Map<String, JsonValue> found) {
    JsonValue t = parameter(null, "t");
    if (t == null || parents.size() != 2 || !isBaseFirst()) {
      return false;
    }
    found.put("t", t);
    return true;
  }

  /// Of each model; one that is not among the sources of the merge weighs nothing.
  private boolean putWeights(Map<String, JsonValue> found, List<String> models) {
    List<JsonValue> weights = new ArrayList<>();
    for (String model : models) {
      JsonObject source = source(model);
      JsonValue weight = source == null ? new JsonNumber("0") : parameter(source, "weight");
      if (weight == null) {
        return false;
      }
      weights.add(weight);
    }
    found.put("weights", new JsonArray(weights));
    return true;
  }

  private boolean putDensities(Map<String, JsonValue> found) {
    List<JsonValue> densities = new ArrayList<>();
    for (String model : parents.subList(1, parents.size())) {
      JsonValue density = parameter(source(model), "density");
      densities.add(density == null ? new JsonNumber("1") : density);
    }
    found.put("density", new JsonArray(densities));
    return true;
  }

  private boolean putRest(Map<String, JsonValue> found) {
    JsonValue normalize = parameter(null, "normalize");
    JsonValue lambda = parameter(null, "lambda");
    if (normalize != null) {
      found.put("normalize", normalize);
    }
    if (lambda != null) {
      found.put("lambda", lambda);
    }
    return (normalize == null || normalize instanceof JsonBoolean)
        && (lambda == null || lambda instanceof JsonNumber);
  }

  private @Nullable JsonObject source(String model) {
    return sources.stream()
        .filter(one -> model.equals(one.string("model")))
        .findFirst()
        .orElse(null);
  }

  /// The nearest that is given: of a source, of the slice, of the recipe.
  private @Nullable JsonValue parameter(@Nullable JsonObject source, String name) {
    List<@Nullable JsonObject> places = new ArrayList<>();
    places.add(source);
    places.add(slice);
    places.add(recipe);
    for (JsonObject place : places) {
      if (place != null && place.get("parameters") instanceof JsonObject given) {
        JsonValue value = given.get(name);
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }
}
