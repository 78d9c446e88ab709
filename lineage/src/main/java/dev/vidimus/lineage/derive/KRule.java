package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.loops.KernelChoice;
import dev.vidimus.lineage.loops.Kernels;
import dev.vidimus.lineage.tensors.Block;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Superblocks of Q2_K to Q6_K. Every quantizer of these ends by choosing, for the scales that it
/// stores, the nearest level of each weight; that holds with any importance matrix, any search for
/// scales and any compiler, so it is asked of every element.
///
/// Scales are free under that rule. So the squared error of every superblock is held against that
/// of steps which simply span the extremes; a superblock over that limit is quantized anew with the
/// quantizer's own search, and may waste little more than that does.
final class KRule implements Rule {
  /// Ratio of error energies over which a superblock counts as wasteful.
  static final double WASTEFUL = 1.05;

  /// The rule for every type; it has no parameters.
  static final KRule K = new KRule();

  private static final int SIZE = 256;

  private KRule() {}

  static boolean checks(TensorType type) {
    return switch (type) {
      case Q2_K, Q3_K, Q4_K, Q5_K, Q6_K -> true;
      default -> false;
    };
  }

  @Override
  public int unit(Job job) {
    return SIZE;
  }

  @Override
  public Check open(Job job) {
    return new Superblocks(job.child());
  }

  private static final class Superblocks implements Check {
    private final Tensor child;
    private final TensorType type;
    private final int sub;
    private final int low;
    private final int high;
    private final Block block;
    private final KSearch search;
    private final TensorData.Window window = new TensorData.Window();
    private final float[] sums = new float[Kernels.LANES];
    private final float[] extremes = new float[32];
    private byte[] bytes = {};

    Superblocks(Tensor child) {
      this.child = child;
      this.type = child.type();
      this.block = new Block(type);
      this.sub = block.sub();
      this.search = new KSearch(type);
      this.low = lowest(type);
      this.high = highest(type);
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      int size = type.blockBytes();
      int length = count / SIZE * size;
      bytes = bytes.length < length ? new byte[length] : bytes;
      MemorySegment part = child.data().part(element / SIZE * size, length, window);
      MemorySegment.copy(part, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
      long before = tally.bad + tally.notFinite;
      Kernels kernels = KernelChoice.current();
      for (int i = 0, at = 0; i < count; i += SIZE, at += size) {
        if (type == TensorType.Q4_K) {
          block.scales(bytes, at);
          kernels.nibbles(bytes, at + 16, block.level);
        } else {
          block.unpack(bytes, at);
        }
        superblock(kernels, element + i, i, expected, tally);
      }
      return tally.bad + tally.notFinite == before;
    }

    private void superblock(Kernels kernels, long element, int from, float[] x, Tally tally) {
      int outside =
          kernels.superblock(x, from, block.level, block.step, block.minimum, sub, sums, extremes);
      double energy = 0;
      for (float sum : sums) {
        energy += sum;
      }
      double spans = 0;
      for (int s = 0; s < block.step.length; s++) {
        spans += span(extremes[2 * s], extremes[2 * s + 1]);
        if ((outside & (1 << s)) != 0 && block.step[s] != 0) {
          outside(element + (long) s * sub, from + s * sub, s, x, tally);
        }
      }
      tally.blocks++;
      if (!Double.isFinite(energy) || !Double.isFinite(spans)) {
        tally.notFinite++;
        tally.bad(element, Double.MAX_VALUE, x[from], Float.NaN);
      } else if (energy > spans) {
        search(from, x, energy, tally);
      }
    }

    /// The squared error of a sub-block whose levels span its extremes: that of rounding to a step,
    /// a twelfth of its square for each weight.
    private double span(float least, float most) {
      double step =
          type == TensorType.Q6_K || type == TensorType.Q3_K
              ? Math.max(most, -least) / high
              : (most - least) / high;
      return sub * step * step / 12;
    }

    /// Weights outside half a step are right only beyond the last level.
    private void outside(long element, int from, int s, float[] x, Tally tally) {
      float d = block.step[s];
      for (int i = 0; i < sub; i++) {
        int level = block.level[s * sub + i];
        double u = ((double) x[from + i] + block.minimum[s]) / d;
        boolean isNearest =
            Math.abs(u - level) <= 0.5 + Kernels.SLACK
                || (level == high && u > high)
                || (level == low && u < low);
        if (!isNearest) {
          double y = (double) d * level - block.minimum[s];
          tally.bad(element + i, Math.abs(y - x[from + i]), x[from + i], y);
        }
      }
    }

    private void search(int from, float[] x, double energy, Tally tally) {
      double reference = search.energy(x, from);
      tally.searched++;
      tally.energy += energy;
      tally.reference += reference;
      double ratio = energy / Math.max(reference, 1e-30);
      if (ratio > WASTEFUL && energy > 1e-30) {
        tally.wasteful++;
        tally.worstRatio = Math.max(tally.worstRatio, ratio);
      }
    }

    private static int lowest(TensorType type) {
      return switch (type) {
        case Q3_K -> -4;
        case Q6_K -> -32;
        default -> 0;
      };
    }

    private static int highest(TensorType type) {
      return switch (type) {
        case Q2_K, Q3_K -> 3;
        case Q4_K -> 15;
        default -> 31;
      };
    }
  }
}
