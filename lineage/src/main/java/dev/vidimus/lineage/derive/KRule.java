package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.loops.Superblocks;
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

  /// How far beyond the middle of two levels a weight may lie, in steps.
  private static final float SLACK = 1e-3f;

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
  public boolean wantsExpected(Job job) {
    return false;
  }

  @Override
  public Check open(Job job) {
    return new Nearest(job);
  }

  private static final class Nearest implements Check {
    private final Tensor child;
    private final TensorType type;
    private final int sub;
    private final int low;
    private final int high;
    private final boolean isSigned;
    private final double squaredStep;
    private final Block block;
    private final KSearch search;
    private final Values values;
    private final Superblocks measured;
    private final TensorData.Window window = new TensorData.Window();
    private final float[] one = new float[SIZE];
    private byte[] bytes = {};

    Nearest(Job job) {
      this.child = job.child();
      this.type = child.type();
      this.block = new Block(type);
      this.sub = block.sub();
      this.search = new KSearch(type);
      this.values = new Values(job.expected());
      this.low = lowest(type);
      this.high = highest(type);
      this.isSigned = type == TensorType.Q6_K || type == TensorType.Q3_K;
      this.squaredStep = sub / (12.0 * high * high);
      this.measured = new Superblocks(sub, low, high);
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
      values.read(element, count, expected);
      int all = count / SIZE;
      for (int b = 0; b < all; b += Superblocks.COUNT) {
        tile(element, b, Math.min(Superblocks.COUNT, all - b), tally);
      }
      return tally.bad + tally.notFinite == before;
    }

    private void tile(long element, int first, int count, Tally tally) throws IOException {
      for (int b = 0; b < count; b++) {
        unpack(b, (first + b) * type.blockBytes());
      }
      if (values.areFours()) {
        measured.measure(values.fours(), first * SIZE / 4, count);
      } else {
        measured.measure(values.floats(), first * SIZE, count);
      }
      for (int b = 0; b < count; b++) {
        superblock(element + (long) (first + b) * SIZE, b, tally);
      }
    }

    private void unpack(int b, int at) {
      if (type == TensorType.Q4_K) {
        block.scales(bytes, at);
        measured.nibbles(b, bytes, at + 16);
      } else {
        block.unpack(bytes, at);
        measured.levels(b, block.level);
      }
      measured.scales(b, block.step, block.minimum);
    }

    /// @param b which one of those measured
    private void superblock(long element, int b, Tally tally) {
      double energy = measured.energy(b);
      double spans = 0;
      int subs = SIZE / sub;
      for (int s = b * subs; s < (b + 1) * subs; s++) {
        double span = span(measured.below(s), measured.above(s));
        spans += span * span;
        if (measured.isBeyond(s) && measured.step(s * sub) != 0) {
          outside(element, (s - b * subs) * sub, b, tally);
        }
      }
      // The squared error of rounding to a step is a twelfth of its square for each weight.
      spans *= squaredStep;
      tally.blocks++;
      if (!Double.isFinite(energy) || !Double.isFinite(spans)) {
        tally.notFinite++;
        tally.bad(element, Double.MAX_VALUE, measured.value(b * SIZE), Float.NaN);
      } else if (energy > spans) {
        search(b, energy, tally);
      }
    }

    /// What the levels of a sub-block span that reach its extremes.
    private double span(double below, double above) {
      return isSigned ? Math.max(above, below) : above + below;
    }

    /// Weights outside half a step are right only beyond the last level.
    ///
    /// @param from first weight of the sub-block in its superblock
    private void outside(long element, int from, int b, Tally tally) {
      for (int i = from; i < from + sub; i++) {
        int at = b * SIZE + i;
        float x = measured.value(at);
        int level = measured.level(at);
        double d = measured.step(at);
        float less = measured.minimum(at);
        double u = ((double) x + less) / d;
        boolean isNearest =
            Math.abs(u - level) <= 0.5 + SLACK
                || (level == high && u > high)
                || (level == low && u < low);
        if (!isNearest) {
          double y = d * level - less;
          tally.bad(element + i, Math.abs(y - x), x, y);
        }
      }
    }

    private void search(int b, double energy, Tally tally) {
      for (int i = 0; i < SIZE; i++) {
        one[i] = measured.value(b * SIZE + i);
      }
      double reference = search.energy(one, 0);
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
