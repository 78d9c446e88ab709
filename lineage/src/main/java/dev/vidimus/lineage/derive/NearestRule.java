package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Block;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Blocks of IQ4_NL, IQ4_XS, MXFP4, TQ1_0 and TQ2_0: a fixed table of levels, of which each weight
/// takes the nearest for the scale of its block.
///
/// The quantizer chooses before it rounds the scale to F16, so a weight may lie that much beyond
/// the middle of two levels.
final class NearestRule implements Rule {
  /// The one rule; it has no parameters.
  static final NearestRule NEAREST = new NearestRule();

  private static final double SCALE_ROUNDING = 0x1p-9;

  private NearestRule() {}

  static boolean checks(TensorType type) {
    return switch (type) {
      case IQ4_NL, IQ4_XS, MXFP4, TQ1_0, TQ2_0 -> true;
      default -> false;
    };
  }

  @Override
  public int unit(Job job) {
    return job.child().type().blockElements();
  }

  @Override
  public Check open(Job job) {
    return new Blocks(job.child());
  }

  private static int[] table(TensorType type) {
    return switch (type) {
      case IQ4_NL, IQ4_XS ->
          new int[] {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
      case MXFP4 -> new int[] {-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12};
      default -> new int[] {-1, 0, 1};
    };
  }

  private static final class Blocks implements Check {
    private final Tensor child;
    private final Block block;
    private final int[] table;
    private final TensorData.Window window = new TensorData.Window();
    private byte[] bytes = {};

    Blocks(Tensor child) {
      this.child = child;
      this.block = new Block(child.type());
      this.table = table(child.type());
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      int elements = child.type().blockElements();
      int size = child.type().blockBytes();
      int length = count / elements * size;
      bytes = bytes.length < length ? new byte[length] : bytes;
      MemorySegment part = child.data().part(element / elements * size, length, window);
      MemorySegment.copy(part, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
      long before = tally.bad + tally.notFinite;
      for (int i = 0, at = 0; i < count; i += elements, at += size) {
        block.unpack(bytes, at);
        one(element + i, i, expected, tally);
      }
      return tally.bad + tally.notFinite == before;
    }

    private void one(long element, int from, float[] x, Tally tally) {
      tally.blocks++;
      for (int s = 0; s < block.step.length; s++) {
        float d = block.step[s];
        float most = 0;
        for (int i = 0; i < block.sub(); i++) {
          most = Math.max(most, Math.abs(x[from + s * block.sub() + i]));
        }
        if (!Float.isFinite(d) || !Float.isFinite(most)) {
          tally.notFinite++;
          tally.bad(element, Double.MAX_VALUE, x[from], d);
          return;
        }
        // A step that spans nothing, or a hundred times too much, is no quantizer's.
        int last = Math.max(-table[0], table[table.length - 1]);
        boolean isPlausible =
            most == 0 || d == 0 || (Math.abs(d) * last < 3 * most && Math.abs(d) * last > most / 3);
        tally.wasteful += isPlausible ? 0 : 1;
        tally.worstRatio = isPlausible ? tally.worstRatio : 9;
        for (int i = s * block.sub(); d != 0 && i < (s + 1) * block.sub(); i++) {
          check(element + i, x[from + i], d, block.level[i], tally);
        }
      }
    }

    private void check(long element, float v, float d, int level, Tally tally) {
      double u = (double) v / d;
      int place = Arrays.binarySearch(table, level);
      double low = place == 0 ? Double.NEGATIVE_INFINITY : (table[place - 1] + level) / 2.0;
      double high =
          place == table.length - 1 ? Double.POSITIVE_INFINITY : (table[place + 1] + level) / 2.0;
      double slack = SCALE_ROUNDING * (Math.abs(level) + 1);
      if (u < low - slack || u > high + slack) {
        tally.bad(element, Math.abs(u - level), v, (double) d * level);
      }
    }
  }
}
