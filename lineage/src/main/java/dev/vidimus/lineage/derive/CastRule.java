package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.loops.KernelChoice;
import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Each value is the expected one, rounded to the tensor's type: compared bit by bit.
///
/// Which bits a value has that is no number depends on who rounds it; every way that a common
/// library has is accepted, and no other.
final class CastRule implements Rule {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// The one rule; it has no parameters.
  static final CastRule CAST = new CastRule();

  private CastRule() {}

  /// Whether values of the type are checked.
  static boolean checks(TensorType type) {
    return type.isFloat() && type != TensorType.F64;
  }

  @Override
  public int unit(Job job) {
    return 1;
  }

  @Override
  public Check open(Job job) {
    return new Bits(job.child());
  }

  private static final class Bits implements Check {
    private final Tensor child;
    private final Decoder decoder;
    private final TensorData.Window window = new TensorData.Window();
    private short[] shorts = {};
    private short[] wantedShorts = {};
    private int[] ints = {};
    private int[] wantedInts = {};
    private float[] values = {};

    Bits(Tensor child) {
      this.child = child;
      this.decoder = new Decoder(child);
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      boolean isEqual =
          switch (child.type()) {
            case F16, BF16 -> equalShorts(element, count, expected);
            case F32 -> equalInts(element, count, expected);
            default -> false; // FP8: value by value
          };
      return isEqual || countBad(element, count, expected, tally);
    }

    private boolean equalShorts(long element, int count, float[] expected) throws IOException {
      if (shorts.length < count) {
        shorts = new short[count];
        wantedShorts = new short[count];
      }
      MemorySegment part = child.data().part(element * 2, count * 2, window);
      MemorySegment.copy(part, SHORT, 0, shorts, 0, count);
      if (child.type() == TensorType.F16) {
        Rounding.toF16(expected, wantedShorts, count);
      } else {
        KernelChoice.current().toBf16(expected, wantedShorts, count);
      }
      return Arrays.mismatch(shorts, 0, count, wantedShorts, 0, count) < 0;
    }

    private boolean equalInts(long element, int count, float[] expected) throws IOException {
      if (ints.length < count) {
        ints = new int[count];
        wantedInts = new int[count];
      }
      MemorySegment part = child.data().part(element * 4, count * 4, window);
      MemorySegment.copy(part, INT, 0, ints, 0, count);
      Rounding.toBits(expected, wantedInts, count);
      return Arrays.mismatch(ints, 0, count, wantedInts, 0, count) < 0;
    }

    private boolean countBad(long element, int count, float[] expected, Tally tally)
        throws IOException {
      values = values.length < count ? new float[count] : values;
      decoder.read(element, count, values, 0);
      long before = tally.bad;
      for (int i = 0; i < count; i++) {
        float wanted = Rounding.through(expected[i], child.type());
        if (!isSame(wanted, values[i], i)) {
          double by = Math.abs((double) wanted - values[i]);
          tally.bad(element + i, Double.isNaN(by) ? Double.MAX_VALUE : by, wanted, values[i]);
        }
      }
      return tally.bad == before;
    }

    private boolean isSame(float wanted, float found, int i) {
      int found32 = Float.floatToRawIntBits(found);
      if (!Float.isNaN(wanted)) {
        return Float.floatToRawIntBits(wanted) == found32;
      }
      if (!Float.isNaN(found)) {
        return false;
      }
      int bits = Float.floatToRawIntBits(wanted);
      return switch (child.type()) {
        case BF16 -> {
          int stored = shorts[i] & 0xffff;
          yield stored == (bits >>> 16 | 0x40) || stored == 0x7fc0 || stored == 0xffc0;
        }
        case F16 -> {
          int stored = shorts[i] & 0xffff;
          int cut = (bits >>> 16 & 0x8000) | 0x7e00 | (bits >>> 13 & 0x3ff);
          yield stored == cut || stored == 0x7e00 || stored == 0xfe00 || stored == 0x7fff;
        }
        case F32 -> (found32 | 0x40_0000) == (bits | 0x40_0000) || found32 == 0x7fc0_0000;
        default -> true;
      };
    }
  }
}
