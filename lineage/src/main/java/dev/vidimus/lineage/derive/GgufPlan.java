package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What each tensor of a converted model ought to hold, by the names and layouts of the converter.
final class GgufPlan {
  private static final long WIDEST = 1L << 26;

  private final Map<String, Planned> tensors = new LinkedHashMap<>();
  private final List<String> unmapped = new ArrayList<>();
  private final Heads heads;
  private final GgufNames names;

  private GgufPlan(GgufNames names, Heads heads) {
    this.names = names;
    this.heads = heads;
  }

  /// What one tensor ought to hold.
  ///
  /// @param rows its values
  /// @param plain the same without any reordering, or null if nothing is reordered
  /// @param sources the tensors that it is made of
  record Planned(Rows rows, @Nullable Rows plain, List<Tensor> sources) {
    long elements() {
      return rows.elements();
    }
  }

  /// @throws FormatException.Unsupported if a tensor's type or layout is not read
  static GgufPlan of(Model source, Model child, String architecture) throws FormatException {
    GgufPlan plan =
        new GgufPlan(new GgufNames(architecture), Heads.of(source, child, architecture));
    Map<String, TreeMap<Integer, Tensor>> stacks = new LinkedHashMap<>();
    for (Tensor tensor : source.tensors()) {
      if (GgufNames.isSkipped(tensor.name())) {
        continue;
      }
      GgufNames.Target target = plan.names.target(tensor.name());
      if (target == null) {
        plan.unmapped.add(tensor.name());
      } else if (target.expert() >= 0) {
        stacks.computeIfAbsent(target.name(), name -> new TreeMap<>()).put(target.expert(), tensor);
      } else {
        plan.tensors.put(target.name(), plan.planned(tensor, target));
      }
    }
    for (Map.Entry<String, TreeMap<Integer, Tensor>> stack : stacks.entrySet()) {
      plan.tensors.put(stack.getKey(), stacked(stack.getValue(), stack.getKey()));
    }
    return plan;
  }

  /// By the names in the converted model.
  Map<String, Planned> tensors() {
    return tensors;
  }

  /// Tensors of the source of which nobody knows where they go.
  List<String> unmapped() {
    return unmapped;
  }

  private static Planned stacked(Map<Integer, Tensor> experts, String name) throws FormatException {
    List<Rows> parts = new ArrayList<>();
    for (Map.Entry<Integer, Tensor> expert : experts.entrySet()) {
      requireReadable(expert.getValue());
      if (expert.getKey() != parts.size()) {
        throw new FormatException.Unsupported(name, 0, "experts whose numbers have gaps");
      }
      parts.add(new Rows.Of(expert.getValue()));
    }
    return new Planned(new Layout.Stacked(parts), null, List.copyOf(experts.values()));
  }

  private static void requireReadable(Tensor tensor) throws FormatException {
    if (!Decoder.reads(tensor.type()) || tensor.columns() > WIDEST) {
      throw new FormatException.Unsupported(
          tensor.file() + ": " + tensor.name(), 0, "values of " + tensor.type().word());
    }
  }

  private Planned planned(Tensor tensor, GgufNames.Target target) throws FormatException {
    requireReadable(tensor);
    Rows plain = new Rows.Of(tensor);
    List<Tensor> sources = List.of(tensor);
    return switch (target.change()) {
      case NONE -> new Planned(plain, null, sources);
      case QUERY -> new Planned(rotary(tensor, heads.queries()), plain, sources);
      case KEY -> new Planned(rotary(tensor, heads.keys()), plain, sources);
      case PLUS_ONE -> new Planned(new Layout.Mapped(plain, v -> v + 1), plain, sources);
      case TRANSPOSED ->
          new Planned(
              tensor.shape().rank() == 2 ? new Layout.Transposed(tensor) : plain, plain, sources);
      case BY_HEAD -> new Planned(grouped(tensor, heads.queries(), 1), plain, sources);
      case BY_GROUP ->
          new Planned(
              grouped(tensor, heads.keys(), heads.queries() / Math.max(1, heads.keys())),
              plain,
              sources);
      case NEGATIVE_EXPONENTIAL ->
          new Planned(new Layout.Mapped(plain, v -> (float) -Math.exp(v)), plain, sources);
    };
  }

  private static long rows(Tensor tensor) {
    return tensor.shape().rank() <= 1 ? tensor.elements() : tensor.rows();
  }

  private static FormatException.Unsupported noHeads(Tensor tensor, int heads) {
    return new FormatException.Unsupported(
        tensor.name(), 0, rows(tensor) + " rows by " + heads + " heads");
  }

  /// Row `head * size + half * size / 2 + i` goes to `head * size + 2 * i + half`.
  private static Rows rotary(Tensor tensor, int heads) throws FormatException {
    if (heads == 0 || rows(tensor) % (2L * heads) != 0) {
      throw noHeads(tensor, heads);
    }
    long size = rows(tensor) / heads;
    return new Layout.Reordered(
        tensor,
        row -> {
          long in = row % size;
          return row - in + in % 2 * (size / 2) + in / 2;
        });
  }

  /// Groups of `queries` query heads, one key head and one value head become all queries, all keys,
  /// all values.
  private static Rows grouped(Tensor tensor, int groups, int queries) throws FormatException {
    long parts = queries + 2L;
    if (groups == 0 || queries == 0 || rows(tensor) % (groups * parts) != 0) {
      throw noHeads(tensor, groups);
    }
    long size = rows(tensor) / (groups * parts);
    long queryRows = size * groups * queries;
    long keyRows = groups * size;
    return new Layout.Reordered(
        tensor,
        row -> {
          if (row < queryRows) {
            long group = row / (queries * size);
            return group * parts * size + row % (queries * size);
          }
          long rest = row - queryRows;
          long part = queries + rest / keyRows;
          long group = rest % keyRows / size;
          return group * parts * size + part * size + rest % size;
        });
  }
}
