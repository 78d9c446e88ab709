package dev.vidimus.lineage.loops;

/// Recomputes blocks of Q8_0 and Q4_0 and compares them byte by byte: what nearly every block of an
/// honest tensor passes. A block that does not is looked at more closely.
public final class LegacyBlocks {
  private static final int SIZE = 32;

  private LegacyBlocks() {}

  /// Whether the block at `at` is what `quantize_row_q8_0_ref` makes of 32 values.
  public static boolean isQ8(float[] x, int from, byte[] block, int at) {
    float most = most(x, from);
    float d = most / 127;
    float inverse = d == 0 ? 0 : 1 / d;
    if (!isStored(d, block, at)) {
      return false;
    }
    int differs = 0;
    for (int i = 0; i < SIZE; i++) {
      float v = x[from + i] * inverse;
      // Half away from zero, as roundf does; what that misses is looked at more closely.
      int level = (int) (v + Math.copySign(0.5f, v));
      differs |= level ^ block[at + 2 + i];
    }
    return differs == 0;
  }

  /// Whether the block at `at` is what `quantize_row_q4_0_ref` makes of 32 values.
  public static boolean isQ4(float[] x, int from, byte[] block, int at) {
    float most = most(x, from);
    float extreme = 0;
    for (int i = 0; i < SIZE; i++) {
      if (Math.abs(x[from + i]) == most) {
        extreme = x[from + i];
        break;
      }
    }
    float d = extreme / -8;
    float inverse = d == 0 ? 0 : 1 / d;
    if (!isStored(d, block, at)) {
      return false;
    }
    int differs = 0;
    for (int i = 0; i < SIZE / 2; i++) {
      int low = Math.min(15, (int) (x[from + i] * inverse + 8.5f));
      int high = Math.min(15, (int) (x[from + i + SIZE / 2] * inverse + 8.5f));
      differs |= (low | high << 4) ^ (block[at + 2 + i] & 0xff);
    }
    return differs == 0;
  }

  /// Whether the half is that number, and one that is finite.
  private static boolean isStored(float d, byte[] block, int at) {
    float stored = Halves.at(block, at);
    return Float.float16ToFloat(Float.floatToFloat16(d)) == stored && Float.isFinite(stored);
  }

  private static float most(float[] x, int from) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = from; i < from + SIZE; i += 4) {
      a = Math.max(a, Math.abs(x[i]));
      b = Math.max(b, Math.abs(x[i + 1]));
      c = Math.max(c, Math.abs(x[i + 2]));
      d = Math.max(d, Math.abs(x[i + 3]));
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }
}
