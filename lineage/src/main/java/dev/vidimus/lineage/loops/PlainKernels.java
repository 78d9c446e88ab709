package dev.vidimus.lineage.loops;

import java.util.Arrays;

/// Loops that every JVM runs.
final class PlainKernels implements Kernels {
  @Override
  public void widenBf16(short[] from, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Float.intBitsToFloat(from[i] << 16);
    }
  }

  @Override
  public void toBf16(float[] from, short[] to, int count) {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(from[i]);
      to[i] = (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
  }

  @Override
  public int differingQ8(float[] x, byte[] blocks, int block, int end) {
    for (int b = block; b < end; b++) {
      if (!LegacyBlocks.isQ8(x, 32 * b, blocks, 34 * b)) {
        return b;
      }
    }
    return end;
  }

  @Override
  public void nibbles(byte[] in, int at, byte[] level) {
    for (int pair = 0; pair < 4; pair++) {
      for (int i = 0; i < 32; i++) {
        byte both = in[at + 32 * pair + i];
        level[64 * pair + i] = (byte) (both & 15);
        level[64 * pair + 32 + i] = (byte) ((both >> 4) & 15);
      }
    }
  }

  @Override
  public int superblock(
      float[] x,
      int from,
      byte[] level,
      float[] step,
      float[] minimum,
      int sub,
      float[] sums,
      float[] extremes) {
    Arrays.fill(sums, 0);
    int outside = 0;
    for (int s = 0; s < step.length; s++) {
      float d = step[s];
      float less = minimum[s];
      float limit = (0.5f + SLACK) * Math.abs(d);
      float least = 0;
      float most = 0;
      float otherLeast = 0;
      float otherMost = 0;
      int off = 0;
      // Four at a time, so that one addition need not wait for another.
      for (int i = 0; i < sub; i += 4) {
        int at = s * sub + i;
        float v0 = x[from + at];
        float v1 = x[from + at + 1];
        float v2 = x[from + at + 2];
        float v3 = x[from + at + 3];
        float r0 = v0 + less - d * level[at];
        float r1 = v1 + less - d * level[at + 1];
        float r2 = v2 + less - d * level[at + 2];
        float r3 = v3 + less - d * level[at + 3];
        int lane = i & (LANES - 1);
        sums[lane] += r0 * r0;
        sums[lane + 1] += r1 * r1;
        sums[lane + 2] += r2 * r2;
        sums[lane + 3] += r3 * r3;
        least = Math.min(least, Math.min(v0, v1));
        otherLeast = Math.min(otherLeast, Math.min(v2, v3));
        most = Math.max(most, Math.max(v0, v1));
        otherMost = Math.max(otherMost, Math.max(v2, v3));
        off += Math.abs(r0) > limit ? 1 : 0;
        off += Math.abs(r1) > limit ? 1 : 0;
        off += Math.abs(r2) > limit ? 1 : 0;
        off += Math.abs(r3) > limit ? 1 : 0;
      }
      extremes[2 * s] = Math.min(least, otherLeast);
      extremes[2 * s + 1] = Math.max(most, otherMost);
      outside |= off > 0 ? 1 << s : 0;
    }
    return outside;
  }
}
