package dev.vidimus.lineage.loops;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Widens BF16 and compares with it, two numbers at a time in one integer: C2 makes no vectors of
/// loops that turn 16-bit numbers into 32-bit ones, but of those that turn `int` into `long`.
///
/// Not for several threads.
public final class Bf16 {
  private static final int PIECE = 2048;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private final int[] narrow = new int[PIECE / 2];
  private final int[] wanted = new int[PIECE / 2];
  private final int[] signs = new int[PIECE / 2];
  private final long[] wide = new long[PIECE / 2];
  private final MemorySegment wideBytes = MemorySegment.ofArray(wide);

  /// Widens numbers.
  ///
  /// @param from little-endian, `2 * count` bytes
  public void widen(MemorySegment from, float[] to, int at, int count) {
    MemorySegment out = MemorySegment.ofArray(to);
    for (int done = 0; done < count; done += PIECE) {
      int pairs = Math.min(PIECE, count - done) / 2;
      MemorySegment.copy(from, INT, 2L * done, narrow, 0, pairs);
      Loops.widen(narrow, wide, pairs);
      MemorySegment.copy(wideBytes, 0, out, 4L * (at + done), 8L * pairs);
    }
    if (count % 2 != 0) {
      to[at + count - 1] = Float.intBitsToFloat(from.get(SHORT, 2L * (count - 1)) << 16);
    }
  }

  /// Whether stored numbers are what these values round to, to the nearest and ties to even. False
  /// where a value is no number, which the caller looks at one by one.
  ///
  /// @param stored little-endian, `2 * count` bytes
  public boolean isRounded(float[] values, int count, MemorySegment stored) {
    MemorySegment in = MemorySegment.ofArray(values);
    for (int done = 0; done < count; done += PIECE) {
      int pairs = Math.min(PIECE, count - done) / 2;
      MemorySegment.copy(in, 4L * done, wideBytes, 0, 8L * pairs);
      MemorySegment.copy(stored, INT, 2L * done, narrow, 0, pairs);
      Loops.round(wide, wanted, pairs);
      Loops.beyondInfinity(wide, signs, pairs);
      if (Loops.differing(wanted, narrow, pairs) != 0 || Loops.union(signs, pairs) < 0) {
        return false;
      }
    }
    int last = count - 1;
    return count % 2 == 0
        || (!Float.isNaN(values[last]) && stored.get(SHORT, 2L * last) == rounded(values[last]));
  }

  private static short rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
