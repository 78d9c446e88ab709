package dev.vidimus.formats.pickle;

import dev.vidimus.artifact.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The elements of the last few tuples of plain data. Arguments are such tuples, and are consumed
/// right after they were made; the millions of others are never looked into.
final class RecentTuples {
  private static final int KEPT = 8;
  private static final int MOST_ELEMENTS = 16;
  private static final long[] TOO_LONG = {};

  private final long[][] elements = new long[KEPT][];
  private long serial;

  /// Remembers a tuple.
  ///
  /// @return its serial number
  long add(long[] bits, int from, int count) {
    int slot = (int) (++serial % KEPT);
    elements[slot] =
        count > MOST_ELEMENTS ? TOO_LONG : Arrays.copyOfRange(bits, from, from + count);
    return serial;
  }

  /// The tuple with its elements if they are still at hand, otherwise without.
  Value tuple(long bits, Bytes source) {
    long wanted = PackedValue.serial(bits);
    Value.Data data = PackedValue.data(bits, source);
    if (wanted <= serial - KEPT) {
      return data;
    }
    long[] kept = elements[(int) (wanted % KEPT)];
    if (kept.length != data.number()) {
      return data;
    }
    List<Value> values = new ArrayList<>(kept.length);
    for (long element : kept) {
      values.add(
          PackedValue.kind(element) == PackedValue.TUPLE
              ? tuple(element, source)
              : PackedValue.data(element, source));
    }
    return new Value.Tuple(values, Traits.NONE, data.weight());
  }
}
