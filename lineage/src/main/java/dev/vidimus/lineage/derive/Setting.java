package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A parameter of a merge that may be another for each tensor, as mergekit writes it: a number; a
/// list of numbers, between which it is interpolated from the first layer to the last; or a list of
/// `{"filter": part of the name, "value": …}`, of which the first that fits counts.
final class Setting {
  private static final int MOST = 10_000;

  private final List<Case> cases;

  private record Case(String filter, List<Double> gradient) {}

  private Setting(List<Case> cases) {
    this.cases = List.copyOf(cases);
  }

  /// The same number for every tensor.
  static Setting of(double value) {
    return new Setting(List.of(new Case("", List.of(value))));
  }

  /// Reads a setting; null if it is none.
  static @Nullable Setting of(@Nullable JsonValue value) {
    List<Double> gradient = gradient(value);
    if (gradient != null) {
      return new Setting(List.of(new Case("", gradient)));
    }
    List<JsonValue> all =
        value instanceof JsonArray array
            ? array.elements()
            : value instanceof JsonObject ? List.of(value) : List.of();
    if (all.isEmpty() || all.size() > MOST) {
      return null;
    }
    List<Case> cases = new ArrayList<>();
    for (JsonValue one : all) {
      if (!(one instanceof JsonObject object)) {
        return null;
      }
      List<Double> values = gradient(object.get("value"));
      if (values == null) {
        return null;
      }
      String filter = object.string("filter");
      cases.add(new Case(filter == null || filter.equals("*") ? "" : filter, values));
    }
    return new Setting(cases);
  }

  private static @Nullable List<Double> gradient(@Nullable JsonValue value) {
    if (value instanceof JsonNumber(String text)) {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? List.of(number) : null;
    }
    if (!(value instanceof JsonArray array)
        || array.elements().isEmpty()
        || array.elements().size() > MOST) {
      return null;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      double number =
          element instanceof JsonNumber(String text) ? Double.parseDouble(text) : Double.NaN;
      if (!Double.isFinite(number)) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }

  /// What it is for a tensor; nothing if no filter fits.
  ///
  /// @param depth 0 for the first layer and what comes before, 1 for the last and what follows
  OptionalDouble at(String tensor, double depth) {
    for (Case one : cases) {
      if (tensor.contains(one.filter())) {
        List<Double> gradient = one.gradient();
        double place = depth * (gradient.size() - 1);
        int below = (int) place;
        int above = Math.min(gradient.size() - 1, below + 1);
        double share = place - below;
        return OptionalDouble.of((1 - share) * gradient.get(below) + share * gradient.get(above));
      }
    }
    return OptionalDouble.empty();
  }
}
