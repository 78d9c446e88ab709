package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.TensorType;

/// Rounds F32 to narrower types, to the nearest and ties to even, in loops that become vectors.
final class Rounding {
  private static final float F8_E4M3_MOST = 448;
  private static final float F8_E5M2_MOST = 57344;

  private Rounding() {}

  /// The unit roundoff of a type: half the distance of 1 to the next number.
  static double unit(TensorType type) {
    return switch (type) {
      case F64 -> 0x1p-53;
      case F32 -> 0x1p-24;
      case F16 -> 0x1p-11;
      case BF16 -> 0x1p-8;
      case F8_E4M3 -> 0x1p-4;
      case F8_E5M2 -> 0x1p-3;
      default -> 0;
    };
  }

  /// The smallest distance of two numbers of a type.
  static double least(TensorType type) {
    return switch (type) {
      case F16 -> 0x1p-24;
      case F8_E4M3 -> 0x1p-9;
      case F8_E5M2 -> 0x1p-16;
      default -> 0x1p-133;
    };
  }

  static void toF16(float[] from, short[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.floatToFloat16(from[i]);
    }
  }

  static void toBits(float[] from, int[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.floatToRawIntBits(from[i]);
    }
  }

  /// One number, rounded to a type and widened again.
  static float through(float value, TensorType type) {
    return switch (type) {
      case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
      case BF16 -> bf16(value);
      case F8_E4M3 -> f8(value, 3, -6, F8_E4M3_MOST, Float.NaN);
      case F8_E5M2 -> f8(value, 2, -14, F8_E5M2_MOST, Float.POSITIVE_INFINITY);
      default -> value;
    };
  }

  private static float bf16(float value) {
    if (Float.isNaN(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff_0000);
  }

  private static float f8(float value, int mantissa, int leastExponent, float most, float beyond) {
    if (Float.isNaN(value)) {
      return value;
    }
    int exponent = Math.max(Math.getExponent(value), leastExponent) - mantissa;
    float rounded = (float) Math.rint(Math.scalb((double) value, -exponent));
    float result = Math.scalb(rounded, exponent);
    return Math.abs(result) > most ? Math.copySign(beyond, value) : result;
  }
}
