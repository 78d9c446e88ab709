package dev.vidimus.formats.pickle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The memo: values by index. Indices that a pickler would use are kept in an array; others, which
/// only a hostile stream has, in a map, so that an index costs what the stream pays for it.
final class Memo {
  private static final int FIRST = 16;
  private static final int MOST_FAR = 1 << 16;

  private long[] bits = new long[FIRST];
  private @Nullable Value[] nodes = new Value[FIRST];
  private final Map<Long, Slot> far = new HashMap<>(0);
  private int count;

  private record Slot(long bits, @Nullable Value node) {}

  /// Number of distinct indices, which is the index that `MEMOIZE` uses.
  int count() {
    return count;
  }

  /// Whether more indices lie far apart than any pickler would use.
  boolean isFull() {
    return far.size() > MOST_FAR;
  }

  void put(long index, long valueBits, @Nullable Value node) {
    if (index > 2L * count + FIRST) {
      if (far.put(index, new Slot(valueBits, node)) == null) {
        count++;
      }
      return;
    }
    int i = (int) index;
    if (i >= bits.length) {
      int larger = Math.max(i + 1, bits.length + (bits.length >> 1));
      bits = Arrays.copyOf(bits, larger);
      nodes = Arrays.copyOf(nodes, larger);
    }
    if (bits[i] == 0) {
      if (far.isEmpty() || far.remove(index) == null) {
        count++;
      }
    }
    bits[i] = valueBits;
    nodes[i] = node;
  }

  /// The bits of a value, or 0 if the index is not set.
  long bits(long index) {
    if (index >= 0 && index < bits.length && bits[(int) index] != 0) {
      return bits[(int) index];
    }
    Slot slot = far.isEmpty() ? null : far.get(index);
    return slot == null ? 0 : slot.bits;
  }

  /// The node of a value that has one.
  @Nullable Value node(long index) {
    if (index >= 0 && index < bits.length && bits[(int) index] != 0) {
      return nodes[(int) index];
    }
    Slot slot = far.get(index);
    return slot == null ? null : slot.node;
  }
}
