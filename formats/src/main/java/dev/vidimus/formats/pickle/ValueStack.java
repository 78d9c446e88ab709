package dev.vidimus.formats.pickle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Stack and marks, with the fence of CPython's unpickler: nothing below the last mark can be
/// popped. The machine asks [#depth()] before it pops.
final class ValueStack {
  private static final int FIRST = 16;

  long[] bits = new long[FIRST];
  @Nullable Value[] nodes = new Value[FIRST];
  int size;

  private int[] marks = new int[8];
  private int markCount;
  private int fence;

  /// Values above the last mark.
  int depth() {
    return size - fence;
  }

  void push(long valueBits, @Nullable Value node) {
    if (size == bits.length) {
      bits = Arrays.copyOf(bits, 2 * size);
      nodes = Arrays.copyOf(nodes, 2 * size);
    }
    bits[size] = valueBits;
    nodes[size++] = node;
  }

  /// Removes the top value; its bits and node are still readable at index `size`.
  void pop() {
    size--;
  }

  /// Cuts the stack and lets go of the nodes.
  void cut(int newSize) {
    Arrays.fill(nodes, newSize, size, null);
    size = newSize;
  }

  void mark() {
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, 2 * markCount);
    }
    marks[markCount++] = size;
    fence = size;
  }

  boolean hasMark() {
    return markCount > 0;
  }

  int markCount() {
    return markCount;
  }

  /// Removes the last mark and returns where it stood.
  int popMark() {
    int at = marks[--markCount];
    fence = markCount == 0 ? 0 : marks[markCount - 1];
    return at;
  }
}
