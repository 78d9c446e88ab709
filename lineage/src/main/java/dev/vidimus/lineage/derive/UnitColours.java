package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Parallel;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A number for each unit of a model that does not depend on the order of units: sums of hashes of
/// the values in its rows and columns. Values that stand beside a unit of known colour are hashed
/// with that colour, so that the numbers become finer from round to round. Equal numbers prove
/// nothing; they say which order is worth comparing.
final class UnitColours {
  private static final int MOST_ROUNDS = 3;
  private static final long ODD = 0x9e37_79b9_7f4a_7c15L;
  private static final long OTHER_ODD = 0xbf58_476d_1ce4_e5b9L;

  private final UnitAxes axes;
  private final Map<String, long[]> colours = new HashMap<>();

  private UnitColours(UnitAxes axes) {
    this.axes = axes;
    axes.lengths().forEach((axis, length) -> colours.put(axis, new long[length]));
  }

  /// Reads a model, as often as it makes colours finer.
  static UnitColours of(List<Tensor> model, UnitAxes axes) throws IOException {
    UnitColours colours = new UnitColours(axes);
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : model) {
      UnitAxes.Label label = axes.label(tensor.name());
      if (label != null && !(label.rows().isEmpty() && label.columns().isEmpty())) {
        tensors.add(tensor);
      }
    }
    long units = colours.colours.values().stream().mapToLong(all -> all.length).sum();
    long before = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      colours.refine(tensors);
      long distinct = colours.distinct();
      if (distinct == units || distinct == before) {
        break;
      }
      before = distinct;
    }
    return colours;
  }

  /// The colours of an axis.
  long[] of(String axis) {
    return colours.getOrDefault(axis, new long[0]).clone();
  }

  /// Whether two units of an axis look alike.
  boolean hasTies(String axis) {
    long[] all = of(axis);
    return distinct(all) < all.length;
  }

  private long distinct() {
    return colours.values().stream().mapToLong(UnitColours::distinct).sum();
  }

  private static long distinct(long[] colours) {
    long[] sorted = colours.clone();
    Arrays.sort(sorted);
    long distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }

  private static final class Sums {
    private final long[] rows;
    private final long[] columns;

    Sums(int rows, int columns) {
      this.rows = new long[rows];
      this.columns = new long[columns];
    }
  }

  private void refine(List<Tensor> tensors) throws IOException {
    List<Sums> all = Parallel.map(tensors, tensor -> tensor.data().size(), this::sums);
    Map<String, long[]> finer = new HashMap<>();
    colours.forEach((axis, old) -> finer.put(axis, old.clone()));
    for (int i = 0; i < tensors.size(); i++) {
      UnitAxes.Label label = label(tensors.get(i));
      long salt = mix(tensors.get(i).name().hashCode());
      add(finer.get(label.rows()), all.get(i).rows, salt);
      add(finer.get(label.columns()), all.get(i).columns, ~salt);
    }
    finer.values().forEach(one -> Arrays.setAll(one, i -> mix(one[i])));
    colours.putAll(finer);
  }

  private static void add(long @Nullable [] to, long[] sums, long salt) {
    for (int i = 0; to != null && i < sums.length; i++) {
      to[i] += mix(sums[i] + salt);
    }
  }

  private UnitAxes.Label label(Tensor tensor) {
    UnitAxes.Label label = axes.label(tensor.name());
    if (label == null) {
      throw new IllegalStateException("a tensor without axes");
    }
    return label;
  }

  private Sums sums(Tensor tensor) throws IOException {
    UnitAxes.Label label = label(tensor);
    long rows = UnitAxes.rows(tensor);
    int columns = (int) UnitAxes.columns(tensor);
    boolean countsRows = !label.rows().isEmpty();
    boolean countsColumns = !label.columns().isEmpty();
    Sums sums = new Sums(countsRows ? (int) rows : 0, countsColumns ? columns : 0);
    long[] beside = new long[columns];
    long[] known = colours.get(label.columns());
    Arrays.setAll(beside, j -> known == null ? mix(j + 1) : known[j]);
    long[] knownRows = colours.get(label.rows());
    Decoder decoder = new Decoder(tensor);
    float[] values = new float[columns];
    for (long row = 0; row < rows; row++) {
      decoder.read(row * columns, columns, values, 0);
      if (countsRows) {
        sums.rows[(int) row] = sum(values, beside);
      }
      if (countsColumns) {
        long colour = knownRows == null ? mix(row + 1) : knownRows[(int) row];
        for (int j = 0; j < columns; j++) {
          sums.columns[j] += mix(Float.floatToRawIntBits(values[j]) + colour);
        }
      }
    }
    return sums;
  }

  private static long sum(float[] values, long[] beside) {
    long sum = 0;
    for (int j = 0; j < values.length; j++) {
      sum += mix(Float.floatToRawIntBits(values[j]) + beside[j]);
    }
    return sum;
  }

  /// A sum over all values of a tensor that does not depend on their order.
  static long multiset(Tensor tensor) throws IOException {
    Decoder decoder = new Decoder(tensor);
    float[] values = new float[1 << 14];
    long sum = 0;
    for (long at = 0; at < tensor.elements(); at += values.length) {
      int count = (int) Math.min(values.length, tensor.elements() - at);
      decoder.read(at, count, values, 0);
      for (int i = 0; i < count; i++) {
        sum += mix(Float.floatToRawIntBits(values[i]));
      }
    }
    return sum;
  }

  private static long mix(long x) {
    long h = (x + ODD) * OTHER_ODD;
    h = (h ^ (h >>> 29)) * ODD;
    return h ^ (h >>> 32);
  }

  /// Which unit of other colours stands at each place of these: an order of the same colours.
  ///
  /// @return empty if they are not the same colours
  static int[] order(long[] own, long[] other) {
    int[] places = sorted(own);
    int[] sources = sorted(other);
    int[] order = new int[own.length];
    if (own.length != other.length) {
      return new int[0];
    }
    for (int i = 0; i < own.length; i++) {
      if (own[places[i]] != other[sources[i]]) {
        return new int[0];
      }
      order[places[i]] = sources[i];
    }
    return order;
  }

  private static int[] sorted(long[] colours) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < colours.length; i++) {
      indexes.add(i);
    }
    indexes.sort((a, b) -> Long.compare(colours[a], colours[b])); // stable: ties keep their order
    return indexes.stream().mapToInt(i -> i).toArray();
  }
}
