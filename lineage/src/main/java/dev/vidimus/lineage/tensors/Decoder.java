package dev.vidimus.lineage.tensors;

import dev.vidimus.lineage.loops.Bf16;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Reads the values of a tensor as F32, piece by piece. One for each thread.
///
/// Widening F16, BF16 and FP8 is exact; F64 is rounded. The loops are short and over arrays, so
/// that the compiler makes vectors of them.
public final class Decoder {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final float[] E4M3 = new float[256];
  private static final float[] E5M2 = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      E4M3[i] = small(i, 4, 3);
      E5M2[i] = Float.float16ToFloat((short) (i << 8)); // F16 cut off after 8 bits
    }
  }

  private final Tensor tensor;
  private final TensorData.Window window = new TensorData.Window();
  private short[] shorts = {};
  private double[] doubles = {};
  private byte[] bytes = {};
  private final Block block;
  private @Nullable Bf16 bf16;

  /// @param tensor of a type that [#reads]
  public Decoder(Tensor tensor) {
    this.tensor = tensor;
    this.block = new Block(Block.unpacks(tensor.type()) ? tensor.type() : TensorType.Q8_0);
  }

  /// Whether F32 holds every value of a type.
  public static boolean decodes(TensorType type) {
    return type.isFloat() && type != TensorType.F64;
  }

  /// Whether values of a type are read at all.
  public static boolean reads(TensorType type) {
    return type.isFloat() || Block.unpacks(type);
  }

  /// Reads values.
  ///
  /// @param element the first; the begin of a block if the type has blocks
  /// @param count how many; whole blocks
  public void read(long element, int count, float[] out, int at) throws IOException {
    TensorType type = tensor.type();
    long offset = element / type.blockElements() * type.blockBytes();
    int length = count / type.blockElements() * type.blockBytes();
    MemorySegment part = tensor.data().part(offset, length, window);
    switch (type) {
      case F32 -> MemorySegment.copy(part, FLOAT, 0, out, at, count);
      case F16 -> {
        short[] in = shorts(part, count);
        for (int i = 0; i < count; i++) {
          out[at + i] = Float.float16ToFloat(in[i]);
        }
      }
      case BF16 -> bf16().widen(part, out, at, count);
      case F64 -> {
        doubles = doubles.length < count ? new double[count] : doubles;
        MemorySegment.copy(part, DOUBLE, 0, doubles, 0, count);
        for (int i = 0; i < count; i++) {
          out[at + i] = (float) doubles[i];
        }
      }
      case F8_E4M3 -> table(E4M3, bytes(part, length), out, at, count);
      case F8_E5M2 -> table(E5M2, bytes(part, length), out, at, count);
      default -> blocks(bytes(part, length), out, at, count);
    }
  }

  private void blocks(byte[] in, float[] out, int at, int count) {
    int size = tensor.type().blockElements();
    for (int i = 0; i < count / size; i++) {
      block.unpack(in, i * tensor.type().blockBytes());
      block.values(out, at + i * size);
    }
  }

  private static void table(float[] table, byte[] in, float[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] = table[in[i] & 0xff];
    }
  }

  private Bf16 bf16() {
    Bf16 one = bf16;
    if (one == null) {
      one = new Bf16();
      bf16 = one;
    }
    return one;
  }

  private short[] shorts(MemorySegment part, int count) {
    shorts = shorts.length < count ? new short[count] : shorts;
    MemorySegment.copy(part, SHORT, 0, shorts, 0, count);
    return shorts;
  }

  private byte[] bytes(MemorySegment part, int length) {
    bytes = bytes.length < length ? new byte[length] : bytes;
    MemorySegment.copy(part, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
    return bytes;
  }

  /// A small float without infinities: only all ones is no number.
  private static float small(int bits, int exponentBits, int mantissaBits) {
    int exponent = bits >> mantissaBits & (1 << exponentBits) - 1;
    int mantissa = bits & (1 << mantissaBits) - 1;
    int bias = (1 << (exponentBits - 1)) - 1;
    boolean isNan = (bits & 0x7f) == 0x7f;
    float value =
        isNan
            ? Float.NaN
            : exponent == 0
                ? Math.scalb((float) mantissa, 1 - bias - mantissaBits)
                : Math.scalb(
                    (float) (mantissa | 1 << mantissaBits), exponent - bias - mantissaBits);
    return bits >= 0x80 ? -value : value;
  }
}
