package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.loops.LegacyBlocks;
import dev.vidimus.lineage.loops.Q8Blocks;
import dev.vidimus.lineage.tensors.Block;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Blocks of Q8_0, Q4_0, Q4_1, Q5_0 and Q5_1, as `quantize_row_*_ref` of ggml-quants.c makes them
/// from the values alone: the scale follows from the extremes, and each level is the nearest.
///
/// Builds that contract multiplication and addition move ties, so a level counts as nearest up to a
/// thousandth of a step beyond the middle, and a scale up to one step of F16. With an importance
/// matrix the scale is searched: then levels may lie one step off, and the waste of the whole
/// tensor is bounded instead.
final class LegacyRule implements Rule {
  static final double SLACK = 2e-3;

  private final boolean weighted;

  /// @param weighted whether an importance matrix was declared
  LegacyRule(boolean weighted) {
    this.weighted = weighted;
  }

  static boolean checks(TensorType type) {
    return switch (type) {
      case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1 -> true;
      default -> false;
    };
  }

  @Override
  public int unit(Job job) {
    return 32;
  }

  @Override
  public boolean wantsExpected(Job job) {
    return job.child().type() != TensorType.Q8_0;
  }

  @Override
  public Check open(Job job) {
    return job.child().type() == TensorType.Q8_0
        ? new Eights(job)
        : new Blocks(job.child(), weighted);
  }

  /// Blocks of Q8_0: many at a time, and one by one where that finds something.
  private static final class Eights implements Check {
    private final Values values;
    private final Q8Blocks fast = new Q8Blocks();
    private final Blocks blocks;

    Eights(Job job) {
      this.values = new Values(job.expected());
      this.blocks = new Blocks(job.child(), false);
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      byte[] stored = blocks.read(element, count);
      long before = tally.bad + tally.notFinite;
      tally.blocks += count / Blocks.SIZE;
      values.read(element, count, expected);
      for (int b = 0; b < count / Blocks.SIZE; b += Q8Blocks.BLOCKS) {
        int some = Math.min(Q8Blocks.BLOCKS, count / Blocks.SIZE - b);
        if (!holds(stored, b, some)) {
          blocks.oneByOne(element, b, some, values.floats(), tally);
        }
      }
      return tally.bad + tally.notFinite == before;
    }

    private boolean holds(byte[] stored, int b, int some) throws IOException {
      int from = b * TensorType.Q8_0.blockBytes();
      return values.areFours()
          ? fast.hold(values.fours(), 8 * b, stored, from, some)
          : fast.hold(values.floats(), 32 * b, stored, from, some);
    }
  }

  private static final class Blocks implements Check {
    private static final int SIZE = 32;

    private final Tensor child;
    private final TensorType type;
    private final boolean weighted;
    private final Block block;
    private final TensorData.Window window = new TensorData.Window();
    private byte[] bytes = {};

    Blocks(Tensor child, boolean weighted) {
      this.child = child;
      this.type = child.type();
      this.weighted = weighted && type != TensorType.Q8_0;
      this.block = new Block(type);
    }

    /// The stored blocks of a range, which the next call overwrites.
    byte[] read(long element, int count) throws IOException {
      int size = type.blockBytes();
      int length = count / SIZE * size;
      bytes = bytes.length < length ? new byte[length] : bytes;
      MemorySegment part = child.data().part(element / SIZE * size, length, window);
      MemorySegment.copy(part, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
      return bytes;
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      read(element, count);
      long before = tally.bad + tally.notFinite;
      tally.blocks += count / SIZE;
      for (int i = 0, at = 0; i < count; i += SIZE, at += type.blockBytes()) {
        if (type == TensorType.Q4_0 && !weighted && LegacyBlocks.isQ4(expected, i, bytes, at)) {
          continue;
        }
        one(element + i, i, at, expected, tally);
      }
      return tally.bad + tally.notFinite == before;
    }

    /// Blocks of Q8_0 of the range that was read last.
    void oneByOne(long element, int block, int count, float[] x, Tally tally) {
      for (int b = block; b < block + count; b++) {
        int at = b * type.blockBytes();
        if (!LegacyBlocks.isQ8(x, b * SIZE, bytes, at)) {
          one(element + (long) b * SIZE, b * SIZE, at, x, tally);
        }
      }
    }

    /// One block that is not byte equal to the fast recomputation, or of a type without one.
    private void one(long element, int from, int at, float[] x, Tally tally) {
      block.unpack(bytes, at);
      float d = block.step[0];
      float less = block.minimum[0];
      float most = 0;
      float least = Float.POSITIVE_INFINITY;
      float highest = Float.NEGATIVE_INFINITY;
      float extreme = 0;
      for (int i = 0; i < SIZE; i++) {
        float v = x[from + i];
        least = Math.min(least, v);
        highest = Math.max(highest, v);
        if (Math.abs(v) > most) {
          most = Math.abs(v);
          extreme = v;
        }
      }
      float range = highest - least;
      if (!Float.isFinite(d) || !Float.isFinite(less) || !Float.isFinite(range)) {
        tally.notFinite++;
        tally.bad(element, Double.MAX_VALUE, x[from], d);
        return;
      }
      float wanted =
          switch (type) {
            case Q8_0 -> most / 127;
            case Q4_0 -> extreme / -8;
            case Q5_0 -> extreme / -16;
            case Q4_1 -> range / 15;
            default -> range / 31;
          };
      boolean hasMinimum = type == TensorType.Q4_1 || type == TensorType.Q5_1;
      if (weighted) {
        searched(element, from, x, wanted, tally);
        return;
      }
      boolean isScaled =
          near(wanted, d) && (!hasMinimum || near(least, -less) || (range == 0 && d == 0));
      // Of two extremes of the same size with other signs, some builds take the other one.
      boolean isOther = !isScaled && !hasMinimum && near(-wanted, d) && least == -highest;
      float scale = isOther ? -wanted : wanted;
      float inverse = scale == 0 ? 0 : 1 / scale;
      float base = hasMinimum ? least : 0;
      int low = low();
      int high = high();
      for (int i = 0; i < SIZE; i++) {
        double u = (double) (x[from + i] - base) * inverse;
        int level = block.level[i];
        boolean isNearest =
            Math.abs(u - level) <= 0.5 + SLACK
                || (level == high && u > high)
                || (level == low && u < low);
        if (!isNearest || !(isScaled || isOther)) {
          double y = (double) d * level - less;
          tally.bad(element + i, Math.abs(y - x[from + i]), x[from + i], y);
          if (isNearest) {
            break; // only the scale is wrong: once for the block
          }
        }
      }
    }

    /// With an importance matrix: one step off at most, and the energy is accounted for.
    private void searched(long element, int from, float[] x, float plain, Tally tally) {
      float d = block.step[0];
      double energy = 0;
      for (int i = 0; i < SIZE; i++) {
        double y = (double) d * block.level[i] - block.minimum[0];
        double off = Math.abs(x[from + i] - y);
        energy += off * off;
        boolean isEnd = block.level[i] == low() || block.level[i] == high();
        if (off > 1.5 * Math.abs(d) && !isEnd) {
          tally.bad(element + i, off, x[from + i], y);
        }
      }
      double reference = SIZE * (double) plain * plain / 12;
      tally.searched++;
      tally.energy += energy;
      tally.reference += reference;
      if (energy > 25 * reference + 1e-30) {
        tally.wasteful++;
        tally.worstRatio = Math.max(tally.worstRatio, energy / Math.max(reference, 1e-30));
      }
    }

    private int low() {
      return switch (type) {
        case Q8_0 -> -127;
        case Q4_0 -> -8;
        case Q5_0 -> -16;
        default -> 0;
      };
    }

    private int high() {
      return switch (type) {
        case Q8_0 -> 127;
        case Q4_0 -> 7;
        case Q4_1, Q5_0 -> 15;
        default -> 31;
      };
    }

    /// Whether a stored half is the wanted number, or a neighbour of it.
    private static boolean near(float wanted, float stored) {
      float half = Float.float16ToFloat(Float.floatToFloat16(wanted));
      return Math.abs(half - stored) <= Math.max(0x1p-24, Math.abs(half) * 0x1.002p-10);
    }
  }
}
