package dev.vidimus.lineage.loops;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Some thousand values and the levels that stand for them, dealt out to four planes: value
/// `4 * i + k` is in plane `k` at `i`. So the values that share a step lie side by side in short
/// runs, and loops go over whole planes, of which C2 makes vectors by itself: [Loops].
///
/// Not for several threads.
final class Tile {
  /// Values of a tile that is full: 128 blocks of 32, or 16 superblocks.
  static final int VALUES = 4096;

  /// Values of a plane of a tile that is full.
  static final int PLANE = VALUES / 4;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// The values, in planes.
  final float[][] x = new float[4][PLANE];

  /// Their bits.
  final int[][] bits = new int[4][PLANE];

  /// The levels, in planes.
  final int[][] level = new int[4][PLANE];

  /// The levels as they come.
  final byte[] levelBytes = new byte[VALUES];

  private final int[] fourLevels = new int[PLANE];
  private final long[] pairs = new long[VALUES / 2];
  private final int[] even = new int[VALUES / 2];
  private final int[] odd = new int[VALUES / 2];
  private final MemorySegment pairBytes = MemorySegment.ofArray(pairs);
  private final MemorySegment evenBytes = MemorySegment.ofArray(even);
  private final MemorySegment oddBytes = MemorySegment.ofArray(odd);
  private final MemorySegment byteLevels = MemorySegment.ofArray(levelBytes);
  private final MemorySegment[] values = new MemorySegment[4];
  private final MemorySegment[] valueBits = new MemorySegment[4];

  Tile() {
    for (int k = 0; k < 4; k++) {
      values[k] = MemorySegment.ofArray(x[k]);
      valueBits[k] = MemorySegment.ofArray(bits[k]);
    }
  }

  /// Takes values of BF16, four in each number.
  ///
  /// @param plane how many numbers
  void bf16(long[] fours, int at, int plane) {
    Loops.lowest(fours, at, bits[0], plane);
    Loops.upper(fours, at, bits[1], 0, plane);
    Loops.upper(fours, at, bits[2], 16, plane);
    Loops.upper(fours, at, bits[3], 32, plane);
    copy(plane);
  }

  /// Takes values.
  ///
  /// @param plane a fourth of how many
  void floats(float[] from, int at, int plane) {
    MemorySegment.copy(MemorySegment.ofArray(from), 4L * at, pairBytes, 0, 16L * plane);
    Loops.first(pairs, even, 2 * plane);
    Loops.second(pairs, odd, 2 * plane);
    MemorySegment.copy(evenBytes, 0, pairBytes, 0, 8L * plane);
    Loops.first(pairs, bits[0], plane);
    Loops.second(pairs, bits[2], plane);
    MemorySegment.copy(oddBytes, 0, pairBytes, 0, 8L * plane);
    Loops.first(pairs, bits[1], plane);
    Loops.second(pairs, bits[3], plane);
    copy(plane);
  }

  /// Deals out [#levelBytes].
  void levels(int plane) {
    MemorySegment.copy(byteLevels, INT, 0, fourLevels, 0, plane);
    Loops.levels(fourLevels, level[0], 24, plane);
    Loops.levels(fourLevels, level[1], 16, plane);
    Loops.levels(fourLevels, level[2], 8, plane);
    Loops.levels(fourLevels, level[3], 0, plane);
  }

  private void copy(int plane) {
    for (int k = 0; k < 4; k++) {
      MemorySegment.copy(valueBits[k], 0, values[k], 0, 4L * plane);
    }
  }

  /// The greatest of some numbers that are not negative.
  static int most(int[] of, int at, int count) {
    int a = Math.max(Math.max(of[at], of[at + 1]), Math.max(of[at + 2], of[at + 3]));
    if (count == 4) {
      return a;
    }
    int b = Math.max(Math.max(of[at + 4], of[at + 5]), Math.max(of[at + 6], of[at + 7]));
    return Math.max(a, b);
  }
}
