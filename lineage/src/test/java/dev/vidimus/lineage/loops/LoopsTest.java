package dev.vidimus.lineage.loops;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The loops that C2 makes vectors of give what one value at a time gives, bit for bit.
class LoopsTest {
  private static final int BLOCKS = Q8Blocks.BLOCKS;
  private static final int VALUES = 32 * BLOCKS;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void bf16IsWidenedToTheUpperHalfOfItsBits() {
    short[] stored = new short[5001];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (short) (i * 13 + 0x7f00);
    }
    float[] wide = new float[stored.length + 3];
    new Bf16().widen(MemorySegment.ofArray(stored), wide, 3, stored.length);
    for (int i = 0; i < stored.length; i++) {
      assertThat(Float.floatToRawIntBits(wide[3 + i])).isEqualTo(stored[i] << 16);
    }
  }

  @Test
  void bf16IsRoundedToTheNearestAndTiesToEven() {
    float[] x = values(5001);
    short[] stored = new short[x.length];
    for (int i = 0; i < x.length; i++) {
      stored[i] = rounded(x[i]);
    }
    Bf16 loops = new Bf16();
    assertThat(loops.isRounded(x, x.length, MemorySegment.ofArray(stored))).isTrue();
    for (int i : new int[] {0, 1, 2047, 2048, 4999, 5000}) {
      stored[i] ^= 1;
      assertThat(loops.isRounded(x, x.length, MemorySegment.ofArray(stored))).isFalse();
      stored[i] ^= 1;
    }
  }

  @Test
  void whatIsNoNumberIsNeverTakenForRounded() {
    for (int bits : new int[] {0x7f80_0001, 0x7fff_ffff, 0xff80_0001, 0xffff_ffff, 0x7fc0_0000}) {
      for (int at = 0; at < 3; at++) {
        float[] x = new float[3];
        x[at] = Float.intBitsToFloat(bits);
        short[] stored = new short[3];
        stored[at] = (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
        assertThat(new Bf16().isRounded(x, 3, MemorySegment.ofArray(stored))).isFalse();
      }
    }
  }

  @Test
  void blocksOfQ8ThatTheReferenceMakesHold() {
    float[] x = narrow(values(VALUES));
    byte[] stored = q8(x);
    assertThat(new Q8Blocks().hold(x, 0, stored, 0, BLOCKS)).isTrue();
    assertThat(new Q8Blocks().hold(fours(x), 0, stored, 0, BLOCKS)).isTrue();
  }

  @Test
  void levelOrScaleOfQ8ThatIsOffIsSeen() {
    float[] x = narrow(values(VALUES));
    byte[] stored = q8(x);
    Q8Blocks loops = new Q8Blocks();
    for (int i = 0; i < 1000; i++) {
      int at = random.nextInt(stored.length);
      byte was = stored[at];
      stored[at] += (byte) (random.nextBoolean() ? 2 : -2); // one may be a tie
      assertThat(loops.hold(x, 0, stored, 0, BLOCKS)).isFalse();
      assertThat(loops.hold(fours(x), 0, stored, 0, BLOCKS)).isFalse();
      stored[at] = was;
    }
  }

  @Test
  void whatIsNoFiniteNumberNeverHoldsInQ8() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e38f}) {
      float[] x = new float[32];
      x[7] = wrong;
      byte[] stored = q8(x);
      assertThat(new Q8Blocks().hold(x, 0, stored, 0, 1)).isFalse();
    }
  }

  @Test
  void superblocksAreMeasuredAsOneByOne() {
    for (int sub = 16; sub <= 32; sub += 16) {
      Superblocks loops = new Superblocks(sub, 0, 15);
      float[] x = narrow(values(256 * Superblocks.COUNT));
      byte[] levels = new byte[x.length];
      float[] step = new float[x.length / sub];
      float[] minimum = new float[x.length / sub];
      for (int b = 0; b < Superblocks.COUNT; b++) {
        superblock(loops, b, sub, levels, step, minimum);
      }
      loops.measure(x, 0, Superblocks.COUNT);
      isMeasured(loops, sub, x, levels, step, minimum);
      loops.measure(fours(x), 0, Superblocks.COUNT);
      isMeasured(loops, sub, x, levels, step, minimum);
    }
  }

  private void superblock(
      Superblocks loops, int b, int sub, byte[] levels, float[] step, float[] minimum) {
    float[] steps = new float[256 / sub];
    float[] minima = new float[256 / sub];
    for (int s = 0; s < steps.length; s++) {
      steps[s] = random.nextInt(9) == 0 ? 0 : (float) (random.nextGaussian() * 0.01);
      minima[s] = (float) (random.nextGaussian() * 0.01);
      step[256 / sub * b + s] = steps[s];
      minimum[256 / sub * b + s] = minima[s];
    }
    byte[] level = new byte[256];
    for (int i = 0; i < 256; i++) {
      level[i] = (byte) random.nextInt(16);
      levels[256 * b + i] = level[i];
    }
    loops.levels(b, level);
    loops.scales(b, steps, minima);
  }

  private static void isMeasured(
      Superblocks loops, int sub, float[] x, byte[] levels, float[] step, float[] minimum) {
    double energy = 0;
    for (int s = 0; s < x.length / sub; s++) {
      float below = 0;
      float above = 0;
      for (int i = s * sub; i < (s + 1) * sub; i++) {
        float off = x[i] + minimum[s] - step[s] * levels[i];
        energy += off * off;
        below = Math.max(below, -x[i]);
        above = Math.max(above, x[i]);
        double u = ((double) x[i] + minimum[s]) / step[s];
        boolean isNearest =
            Math.abs(u - levels[i]) <= 0.501
                || (levels[i] == 15 && u > 15)
                || (levels[i] == 0 && u < 0);
        assertThat(isNearest || step[s] == 0 || loops.isBeyond(s)).isTrue();
        assertThat(loops.value(i)).isEqualTo(x[i]);
        assertThat(loops.level(i)).isEqualTo(levels[i]);
        assertThat(loops.step(i)).isEqualTo(step[s]);
        assertThat(loops.minimum(i)).isEqualTo(minimum[s]);
      }
      assertThat(loops.below(s)).isEqualTo(below);
      assertThat(loops.above(s)).isEqualTo(above);
      if ((s + 1) * sub % 256 == 0) {
        assertThat(loops.energy(s * sub / 256))
            .isCloseTo(energy, org.assertj.core.data.Offset.offset(1e-5 * energy));
        energy = 0;
      }
    }
  }

  @Test
  void nibblesAreDealtOutAsInQ4K() {
    byte[] in = new byte[128];
    random.nextBytes(in);
    Superblocks loops = new Superblocks(32, 0, 15);
    loops.nibbles(1, in, 0);
    loops.scales(1, new float[8], new float[8]);
    loops.measure(new float[512], 0, 2);
    for (int i = 0; i < 256; i++) {
      int both = in[i / 64 * 32 + i % 32];
      assertThat(loops.level(256 + i)).isEqualTo(i % 64 < 32 ? both & 15 : both >> 4 & 15);
    }
  }

  @Test
  void nothingIsBeyondWhereEachLevelIsTheNearest() {
    float[] x = new float[256];
    byte[] level = new byte[256];
    for (int i = 0; i < 256; i++) {
      x[i] = (i % 32 - 8) * 0.5f + 0.1f;
      level[i] = (byte) Math.max(0, Math.min(15, Math.round(x[i])));
    }
    Superblocks loops = new Superblocks(32, 0, 15);
    loops.levels(0, level);
    float[] one = new float[8];
    java.util.Arrays.fill(one, 1);
    loops.scales(0, one, new float[8]);
    loops.measure(x, 0, 1);
    for (int s = 0; s < 8; s++) {
      assertThat(loops.isBeyond(s)).isFalse();
    }
    level[37] += 1;
    loops.levels(0, level);
    loops.measure(x, 0, 1);
    for (int s = 0; s < 8; s++) {
      assertThat(loops.isBeyond(s)).isEqualTo(s == 1);
    }
  }

  /// Numbers of every size, and zeros of both signs.
  private float[] values(int count) {
    float[] x = new float[count];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextGaussian() * 0.02);
    }
    x[100] = -0f;
    x[101] = 0;
    x[102] = 1.1f;
    return x;
  }

  /// The same as BF16 has them.
  private static float[] narrow(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(rounded(x[i]) << 16);
    }
    return x;
  }

  private static short rounded(float x) {
    int bits = Float.floatToRawIntBits(x);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  private static long[] fours(float[] x) {
    long[] fours = new long[x.length / 4];
    for (int i = 0; i < x.length; i++) {
      fours[i / 4] |= (Float.floatToRawIntBits(x[i]) >>> 16 & 0xffffL) << 16 * (i % 4);
    }
    return fours;
  }

  /// `quantize_row_q8_0_ref`.
  private static byte[] q8(float[] x) {
    byte[] out = new byte[x.length / 32 * 34];
    for (int b = 0; b < x.length / 32; b++) {
      float most = 0;
      for (int i = 0; i < 32; i++) {
        most = Math.max(most, Math.abs(x[32 * b + i]));
      }
      float d = most / 127;
      float inverse = d == 0 ? 0 : 1 / d;
      short half = Float.floatToFloat16(d);
      out[34 * b] = (byte) half;
      out[34 * b + 1] = (byte) (half >> 8);
      for (int i = 0; i < 32; i++) {
        float v = x[32 * b + i] * inverse;
        out[34 * b + 2 + i] = (byte) Math.copySign(Math.floor(Math.abs((double) v) + 0.5), v);
      }
    }
    return out;
  }
}
