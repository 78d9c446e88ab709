package dev.vidimus.lineage.loops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Vectors give what plain loops give, bit for bit.
class KernelsTest {
  private static final int VALUES = 256 * 40 + 13;

  private final Kernels plain = new PlainKernels();

  /// On a CPU without registers of 512 bits the JDK does the same in parts, slowly.
  private final Kernels vectors = new VectorKernels();

  @Test
  void bf16IsWidenedAndRoundedTheSameWay() {
    float[] x = values(1);
    short[] one = new short[x.length];
    short[] other = new short[x.length];
    plain.toBf16(x, one, x.length);
    vectors.toBf16(x, other, x.length);
    assertThat(other).isEqualTo(one);
    float[] wide = new float[x.length + 5];
    float[] otherWide = new float[x.length + 5];
    plain.widenBf16(one, wide, 5, x.length);
    vectors.widenBf16(one, otherWide, 5, x.length);
    assertThat(bits(otherWide)).isEqualTo(bits(wide));
  }

  @Test
  void superblocksHaveTheSameSumsExtremesAndOutliers() {
    SplittableRandom random = new SplittableRandom(2);
    float[] x = values(3);
    byte[] packed = new byte[128];
    for (int b = 0; b < 40; b++) {
      for (int sub = 16; sub <= 32; sub += 16) {
        random.nextBytes(packed);
        byte[] level = new byte[256];
        byte[] otherLevel = new byte[256];
        plain.nibbles(packed, 0, level);
        vectors.nibbles(packed, 0, otherLevel);
        assertThat(otherLevel).isEqualTo(level);
        float[] step = floats(random, 256 / sub);
        float[] minimum = floats(random, 256 / sub);
        float[] sums = new float[Kernels.LANES];
        float[] otherSums = new float[Kernels.LANES];
        float[] extremes = new float[2 * step.length];
        float[] otherExtremes = new float[2 * step.length];
        int outside = plain.superblock(x, 256 * b, level, step, minimum, sub, sums, extremes);
        int otherOutside =
            vectors.superblock(x, 256 * b, level, step, minimum, sub, otherSums, otherExtremes);
        assertThat(otherOutside).isEqualTo(outside);
        assertThat(bits(otherSums)).isEqualTo(bits(sums));
        assertThat(bits(otherExtremes)).isEqualTo(bits(extremes));
      }
    }
  }

  @Test
  void firstDifferingBlockOfQ8IsTheSame() {
    float[] x = values(4);
    byte[] blocks = new byte[34 * 320];
    new SplittableRandom(5).nextBytes(blocks);
    for (int b = 0; b < 320; b++) {
      assertThat(vectors.differingQ8(x, blocks, b, 320))
          .isEqualTo(plain.differingQ8(x, blocks, b, 320));
    }
  }

  /// Numbers of every size, zeros of both signs, and some that are none.
  private static float[] values(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[VALUES];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextGaussian() * 0.02);
    }
    x[100] = -0f;
    x[101] = 0;
    x[102] = Float.MIN_VALUE;
    x[103] = Float.MAX_VALUE;
    x[300] = Float.POSITIVE_INFINITY;
    x[600] = Float.NEGATIVE_INFINITY;
    return x;
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (random.nextGaussian() * 0.01);
    }
    return x;
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }
}
