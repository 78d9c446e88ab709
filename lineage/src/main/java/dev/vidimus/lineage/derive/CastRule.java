package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.loops.Bf16;
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
    private final Bf16 bf16 = new Bf16();
    private short[] shorts = {};
    private short[] wantedShorts = {};
    private int[] ints = {};
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
            case BF16 -> bf16.isRounded(expected, count, shorts(element, count));
            case F16 -> equalHalves(element, count, expected);
            case F32 -> equalFloats(element, count, expected);
            default -> false; // FP8: value by value
          };
      return isEqual || countBad(element, count, expected, tally);
    }

    private MemorySegment shorts(long element, int count) throws IOException {
      return child.data().part(element * 2, count * 2, window);
    }

    private boolean equalHalves(long element, int count, float[] expected) throws IOException {
      shorts = shorts.length < count ? new short[count] : shorts;
      wantedShorts = wantedShorts.length < count ? new short[count] : wantedShorts;
      MemorySegment.copy(shorts(element, count), SHORT, 0, shorts, 0, count);
      Rounding.toF16(expected, wantedShorts, count);
      return Arrays.mismatch(shorts, 0, count, wantedShorts, 0, count) < 0;
    }

    private boolean equalFloats(long element, int count, float[] expected) throws IOException {
      ints = ints.length < count ? new int[count] : ints;
      MemorySegment part = child.data().part(element * 4, count * 4, window);
      MemorySegment.copy(part, INT, 0, ints, 0, count);
      long length = 4L * count;
      return MemorySegment.mismatch(
              MemorySegment.ofArray(ints), 0, length, MemorySegment.ofArray(expected), 0, length)
          < 0;
    }

    private boolean countBad(long element, int count, float[] expected, Tally tally)
        throws IOException {
      values = values.length < count ? new float[count] : values;
      decoder.read(element, count, values, 0);
      if (child.type().blockBytes() == 2) {
        shorts = shorts.length < count ? new short[count] : shorts;
        MemorySegment.copy(shorts(element, count), SHORT, 0, shorts, 0, count);
      }
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
