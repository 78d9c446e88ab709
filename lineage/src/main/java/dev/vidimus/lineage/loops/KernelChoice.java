package dev.vidimus.lineage.loops;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/// Decides between plain loops and vectors.
///
/// Until the compiler has made real vectors of our code, it runs a hundred times slower than plain
/// loops. So the work begins with plain loops, while one thread runs the vectors on a sample; once
/// they are faster, everybody takes them. The system property `vidimus.kernels` takes the decision
/// away: `plain` or `vector`.
public final class KernelChoice {
  /// Values below which a comparison ends before vectors are warm.
  private static final long WORTHWHILE = 1L << 26;

  private static final int SUPERBLOCKS = 64;
  private static final long MOST_WARMING = 1_500_000_000; // nanoseconds

  private static final Kernels PLAIN = new PlainKernels();
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static volatile Kernels current = PLAIN;

  private KernelChoice() {}

  /// The loops to take for the next chunk.
  public static Kernels current() {
    return current;
  }

  /// Hears how much there is to do.
  public static void expect(long values) {
    String told = System.getProperty("vidimus.kernels", "");
    boolean hasModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!hasModule || told.equals("plain") || !VectorKernels.isSupported()) {
      return;
    }
    if (told.equals("vector")) {
      current = new VectorKernels();
    } else if (values >= WORTHWHILE && BEGUN.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("vectors").start(KernelChoice::warm);
    }
  }

  private static void warm() {
    Kernels vectors = new VectorKernels();
    Sample sample = new Sample();
    long plain = Long.MAX_VALUE;
    for (int i = 0; i < 32; i++) {
      plain = Math.min(plain, sample.time(PLAIN));
    }
    long begin = System.nanoTime();
    int faster = 0;
    while (System.nanoTime() - begin < MOST_WARMING && faster < 3) {
      faster = sample.time(vectors) < plain ? faster + 1 : 0;
    }
    if (faster == 3 && sample.agree(PLAIN, vectors)) {
      current = vectors;
    }
  }

  /// Some superblocks, and blocks of Q8_0.
  private static final class Sample {
    private final float[] x = new float[256 * SUPERBLOCKS];
    private final byte[] packed = new byte[128 * SUPERBLOCKS];
    private final byte[] blocks = new byte[34 * 8 * SUPERBLOCKS];
    private final short[] shorts = new short[256 * SUPERBLOCKS];
    private final float[] wide = new float[256 * SUPERBLOCKS];
    private final byte[] level = new byte[256];
    private final float[] step = new float[8];
    private final float[] minimum = new float[8];
    private final float[] sums = new float[Kernels.LANES];
    private final float[] extremes = new float[16];

    Sample() {
      for (int i = 0; i < x.length; i++) {
        x[i] = (i * 37 % 101 - 50) * 0.001f;
      }
      for (int i = 0; i < packed.length; i++) {
        packed[i] = (byte) (i * 31);
      }
      for (int s = 0; s < 8; s++) {
        step[s] = 0.006f;
        minimum[s] = 0.05f;
      }
      for (int b = 0; b < 8 * SUPERBLOCKS; b++) {
        q8(b);
      }
    }

    private void q8(int b) {
      float most = 0;
      for (int i = 32 * b; i < 32 * b + 32; i++) {
        most = Math.max(most, Math.abs(x[i]));
      }
      short half = Float.floatToFloat16(most / 127);
      blocks[34 * b] = (byte) half;
      blocks[34 * b + 1] = (byte) (half >> 8);
      float inverse = 1 / (most / 127);
      for (int i = 0; i < 32; i++) {
        float v = x[32 * b + i] * inverse;
        blocks[34 * b + 2 + i] = (byte) (int) (v + Math.copySign(0.5f, v));
      }
    }

    long time(Kernels kernels) {
      long begin = System.nanoTime();
      run(kernels);
      return System.nanoTime() - begin;
    }

    private long run(Kernels kernels) {
      kernels.toBf16(x, shorts, x.length);
      kernels.widenBf16(shorts, wide, 0, wide.length);
      long seen = Arrays.hashCode(shorts) + 31L * Arrays.hashCode(wide);
      seen = 31 * seen + kernels.differingQ8(x, blocks, 0, 8 * SUPERBLOCKS);
      for (int b = 0; b < SUPERBLOCKS; b++) {
        kernels.nibbles(packed, 128 * b, level);
        seen = 31 * seen + kernels.superblock(x, 256 * b, level, step, minimum, 32, sums, extremes);
        for (float sum : sums) {
          seen = 31 * seen + Float.floatToRawIntBits(sum);
        }
        for (float extreme : extremes) {
          seen = 31 * seen + Float.floatToRawIntBits(extreme);
        }
      }
      return seen;
    }

    boolean agree(Kernels one, Kernels other) {
      return run(one) == run(other);
    }
  }
}
