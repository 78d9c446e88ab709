package dev.vidimus.lineage.loops;

import java.nio.ByteOrder;

/// The innermost loops. C2 makes vectors of each, because each is small, writes to one array, reads
/// no 8- or 16-bit numbers beside wider ones, and takes the same place of all arrays.
///
/// The launcher keeps the JVM from inlining them: compiled with their callers they would take a
/// second instead of milliseconds, during which interpreted code runs.
final class Loops {
  private static final int HIGH = 0xffff_0000;
  private static final int MAGNITUDE = 0x7fff_ffff;
  private static final int SIGN = 0x8000_0000;
  private static final int INFINITY = 0x7f80_0000;

  /// Where the first and the second of two numbers side by side in memory are in a `long`.
  private static final int FIRST = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 32;

  private static final int SECOND = 32 - FIRST;

  /// Within a little more than half a step a level is the nearest; [#beyond] is cautious.
  private static final float REACH = 1 / 0.5005f;

  /// What a distance from the nearest level of Q8_0 is multiplied with, so that cutting off tells.
  private static final float OFF = 1 / 0.501f;

  private Loops() {}

  /// The first of each two numbers side by side.
  static void first(long[] from, int[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (int) (from[i] >>> FIRST);
    }
  }

  /// The second of each two numbers side by side.
  static void second(long[] from, int[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (int) (from[i] >>> SECOND);
    }
  }

  /// The first of each four numbers of BF16, widened: their bits.
  static void lowest(long[] from, int at, int[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      to[i] = (int) (from[at + i] << 16);
    }
  }

  /// Another one, which the shift brings below the upper half.
  static void upper(long[] from, int at, int[] to, int shift, int plane) {
    for (int i = 0; i < plane; i++) {
      to[i] = (int) (from[at + i] >>> shift) & HIGH;
    }
  }

  /// One of each four bytes, which the shift brings to the top, with its sign.
  static void levels(int[] from, int[] to, int shift, int plane) {
    for (int i = 0; i < plane; i++) {
      to[i] = (from[i] << shift) >> 24;
    }
  }

  /// The bits of the greatest size of the four values at each place.
  static void sizes(int[] a, int[] b, int[] c, int[] d, int[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      int one = Math.max(a[i] & MAGNITUDE, b[i] & MAGNITUDE);
      to[i] = Math.max(one, Math.max(c[i] & MAGNITUDE, d[i] & MAGNITUDE));
    }
  }

  /// How far the four values at each place go above 0 at most, as bits.
  static void above(int[] a, int[] b, int[] c, int[] d, int[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      int high = Math.max(Math.max(a[i], b[i]), Math.max(c[i], d[i]));
      to[i] = Math.max(high, 0);
    }
  }

  /// How far the four values at each place go below 0 at most, as bits.
  static void below(int[] a, int[] b, int[] c, int[] d, int[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      int one = Math.max(a[i] ^ SIGN, b[i] ^ SIGN);
      to[i] = Math.max(Math.max(one, Math.max(c[i] ^ SIGN, d[i] ^ SIGN)), 0);
    }
  }

  /// How far weights are from what their levels stand for.
  static void residuals(
      float[] x, int[] level, float[] step, float[] minimum, float[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      to[i] = x[i] + minimum[i] - step[i] * level[i];
    }
  }

  /// The sum of the squares at each place.
  static void squares(float[] a, float[] b, float[] c, float[] d, float[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      to[i] = a[i] * a[i] + b[i] * b[i] + c[i] * c[i] + d[i] * d[i];
    }
  }

  /// What a residual is multiplied with, so that cutting off tells; see [#beyond].
  static void reaches(float[] step, float[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      to[i] = REACH / step[i];
    }
  }

  /// Not 0 if a weight is out of the reach of its level, but for those beyond the last level.
  static int beyond(float[] off, float[] reach, int[] level, int lowest, int highest, int plane) {
    int any = 0;
    for (int i = 0; i < plane; i++) {
      int far = (int) (off[i] * reach[i]);
      // Nothing is too far above the highest level, nor below the lowest: all ones elsewhere.
      int mayBeAbove = (level[i] - highest) >> 31;
      int mayBeBelow = (lowest - level[i]) >> 31;
      int sign = far >> 31;
      any |= (far & ~sign & mayBeAbove) | (far & sign & mayBeBelow);
    }
    return any;
  }

  /// The same for each place.
  static void beyond(
      float[] off, float[] reach, int[] level, int lowest, int highest, int[] to, int plane) {
    for (int i = 0; i < plane; i++) {
      int far = (int) (off[i] * reach[i]);
      int mayBeAbove = (level[i] - highest) >> 31;
      int mayBeBelow = (lowest - level[i]) >> 31;
      int sign = far >> 31;
      to[i] |= (far & ~sign & mayBeAbove) | (far & sign & mayBeBelow);
    }
  }

  /// The scales of blocks of Q8_0 with these greatest sizes.
  static void scales(float[] most, short[] halves, int blocks) {
    for (int b = 0; b < blocks; b++) {
      halves[b] = Float.floatToFloat16(most[b] / 127);
    }
  }

  /// The inverses of the scales of blocks of Q8_0.
  static void inverses(float[] most, float[] to, int blocks) {
    for (int b = 0; b < blocks; b++) {
      to[b] = 1 / (most[b] / 127);
    }
  }

  /// Not 0 if a level is further off than half a step and the slack.
  static int off(float[] x, float[] inverse, int[] level, int count) {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (int) (Math.abs(x[i] * inverse[i] - level[i]) * OFF);
    }
    return bits;
  }

  /// Pairs of BF16 to pairs of F32.
  static void widen(int[] from, long[] to, int pairs) {
    for (int i = 0; i < pairs; i++) {
      int both = from[i];
      long first = (long) (both << 16) & 0xffff_ffffL;
      long second = (long) (both & HIGH) & 0xffff_ffffL;
      to[i] = first << FIRST | second << SECOND;
    }
  }

  /// Pairs of F32 to pairs of BF16, to the nearest and ties to even.
  static void round(long[] from, int[] to, int pairs) {
    for (int i = 0; i < pairs; i++) {
      int low = (int) (from[i] >>> FIRST);
      int high = (int) (from[i] >>> SECOND);
      low = (low + 0x7fff + ((low >>> 16) & 1)) >>> 16;
      high = (high + 0x7fff + ((high >>> 16) & 1)) & HIGH;
      to[i] = low | high;
    }
  }

  /// Negative where one of the two is no number.
  static void beyondInfinity(long[] from, int[] to, int pairs) {
    for (int i = 0; i < pairs; i++) {
      int low = (int) (from[i] >>> FIRST) & MAGNITUDE;
      int high = (int) (from[i] >>> SECOND) & MAGNITUDE;
      to[i] = (INFINITY - low) | (INFINITY - high);
    }
  }

  /// Not 0 if two arrays differ.
  static int differing(int[] one, int[] other, int count) {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= one[i] ^ other[i];
    }
    return bits;
  }

  /// All bits.
  static int union(int[] of, int count) {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= of[i];
    }
    return bits;
  }
}
