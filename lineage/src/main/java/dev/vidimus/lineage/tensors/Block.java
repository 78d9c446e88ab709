package dev.vidimus.lineage.tensors;

import dev.vidimus.lineage.loops.Halves;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// One block of a quantized tensor, unpacked: the value of element `i` is
/// `step[i / sub()] * level[i] - minimum[i / sub()]`, by the layouts of ggml-common.h and the
/// `dequantize_row_*` of ggml-quants.c.
///
/// Reused from block to block; not for several threads.
public final class Block {
  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle U32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /// The levels of IQ4_NL and IQ4_XS (`kvalues_iq4nl`).
  private static final byte[] IQ4 = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  /// The levels of MXFP4, doubled (`kvalues_mxfp4`).
  private static final byte[] MXFP4 = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

  private static final int[] POWERS_OF_3 = {1, 3, 9, 27, 81};

  private final TensorType type;
  private final int sub;

  /// Levels, one for each element.
  public final byte[] level;

  /// The distance of two levels, one for each sub-block.
  public final float[] step;

  /// What is taken off, one for each sub-block.
  public final float[] minimum;

  /// @param type one that [#unpacks]
  public Block(TensorType type) {
    this.type = type;
    this.sub = subBlock(type);
    this.level = new byte[type.blockElements()];
    this.step = new float[type.blockElements() / sub];
    this.minimum = new float[type.blockElements() / sub];
  }

  /// Whether blocks of a type are unpacked here.
  public static boolean unpacks(TensorType type) {
    return subBlock(type) > 0;
  }

  private static int subBlock(TensorType type) {
    return switch (type) {
      case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K, IQ4_NL, IQ4_XS, MXFP4 -> 32;
      case Q2_K, Q3_K, Q6_K -> 16;
      case TQ1_0, TQ2_0 -> 256;
      default -> 0;
    };
  }

  /// Elements that share a step.
  public int sub() {
    return sub;
  }

  /// Unpacks the block that begins there.
  public void unpack(byte[] in, int at) {
    switch (type) {
      case Q4_0 -> q4(in, at, 2, -8, 0);
      case Q4_1 -> q4(in, at, 4, 0, -Halves.at(in, at + 2));
      case Q5_0 -> q5(in, at, 2, -16, 0);
      case Q5_1 -> q5(in, at, 4, 0, -Halves.at(in, at + 2));
      case Q8_0 -> q8(in, at);
      case Q2_K -> q2k(in, at);
      case Q3_K -> q3k(in, at);
      case Q4_K -> q4k(in, at);
      case Q5_K -> q5k(in, at);
      case Q6_K -> q6k(in, at);
      case IQ4_NL -> iq4nl(in, at);
      case IQ4_XS -> iq4xs(in, at);
      case TQ1_0 -> tq1(in, at);
      case TQ2_0 -> tq2(in, at);
      case MXFP4 -> mxfp4(in, at);
      default -> throw new IllegalStateException("not unpacked: " + type);
    }
  }

  /// Writes the values of the block that was unpacked last.
  public void values(float[] out, int at) {
    for (int s = 0; s < step.length; s++) {
      float scale = step[s];
      float less = minimum[s];
      for (int i = s * sub; i < (s + 1) * sub; i++) {
        out[at + i] = scale * level[i] - less;
      }
    }
  }

  private void q4(byte[] in, int at, int head, int bias, float less) {
    step[0] = Halves.at(in, at);
    minimum[0] = less;
    for (int i = 0; i < 16; i++) {
      int both = in[at + head + i];
      level[i] = (byte) ((both & 15) + bias);
      level[i + 16] = (byte) ((both >> 4 & 15) + bias);
    }
  }

  private void q5(byte[] in, int at, int head, int bias, float less) {
    step[0] = Halves.at(in, at);
    minimum[0] = less;
    int high = (int) U32.get(in, at + head);
    for (int i = 0; i < 16; i++) {
      int both = in[at + head + 4 + i];
      level[i] = (byte) (((both & 15) | (high >> i & 1) << 4) + bias);
      level[i + 16] = (byte) (((both >> 4 & 15) | (high >> (i + 16) & 1) << 4) + bias);
    }
  }

  private void q8(byte[] in, int at) {
    step[0] = Halves.at(in, at);
    for (int i = 0; i < 32; i++) {
      level[i] = in[at + 2 + i];
    }
  }

  private void q2k(byte[] in, int at) {
    float d = Halves.at(in, at + 80);
    float dmin = Halves.at(in, at + 82);
    for (int s = 0; s < 16; s++) {
      step[s] = d * (in[at + s] & 15);
      minimum[s] = dmin * (in[at + s] >> 4 & 15);
    }
    for (int i = 0; i < 256; i++) {
      int group = i >> 7;
      level[i] = (byte) (in[at + 16 + group * 32 + (i & 31)] >> (2 * (i >> 5 & 3)) & 3);
    }
  }

  private void q3k(byte[] in, int at) {
    float d = Halves.at(in, at + 108);
    for (int s = 0; s < 16; s++) {
      int low = s < 8 ? in[at + 96 + s] & 15 : in[at + 96 + s - 8] >> 4 & 15;
      int high = in[at + 104 + (s & 3)] >> (2 * (s >> 2)) & 3;
      step[s] = d * ((low | high << 4) - 32);
      minimum[s] = 0;
    }
    for (int i = 0; i < 256; i++) {
      int low = in[at + 32 + (i >> 7) * 32 + (i & 31)] >> (2 * (i >> 5 & 3)) & 3;
      int high = in[at + (i & 31)] >> (i >> 5) & 1;
      level[i] = (byte) (low - (high == 0 ? 4 : 0));
    }
  }

  /// Unpacks only steps and minima, of a block of Q4_K or Q5_K.
  public void scales(byte[] in, int at) {
    float d = Halves.at(in, at);
    float dmin = Halves.at(in, at + 2);
    int from = at + 4;
    for (int s = 0; s < 8; s++) {
      int scale;
      int least;
      if (s < 4) {
        scale = in[from + s] & 63;
        least = in[from + s + 4] & 63;
      } else {
        scale = (in[from + s + 4] & 15) | (in[from + s - 4] >> 6 & 3) << 4;
        least = (in[from + s + 4] >> 4 & 15) | (in[from + s] >> 6 & 3) << 4;
      }
      step[s] = d * scale;
      minimum[s] = dmin * least;
    }
  }

  private void q4k(byte[] in, int at) {
    scales(in, at);
    for (int pair = 0; pair < 4; pair++) {
      for (int i = 0; i < 32; i++) {
        int both = in[at + 16 + pair * 32 + i];
        level[pair * 64 + i] = (byte) (both & 15);
        level[pair * 64 + 32 + i] = (byte) (both >> 4 & 15);
      }
    }
  }

  private void q5k(byte[] in, int at) {
    scales(in, at);
    for (int pair = 0; pair < 4; pair++) {
      for (int i = 0; i < 32; i++) {
        int both = in[at + 48 + pair * 32 + i];
        int high = in[at + 16 + i] >> (2 * pair);
        level[pair * 64 + i] = (byte) ((both & 15) | (high & 1) << 4);
        level[pair * 64 + 32 + i] = (byte) ((both >> 4 & 15) | (high >> 1 & 1) << 4);
      }
    }
  }

  private void q6k(byte[] in, int at) {
    float d = Halves.at(in, at + 208);
    for (int s = 0; s < 16; s++) {
      step[s] = d * in[at + 192 + s];
      minimum[s] = 0;
    }
    for (int n = 0; n < 2; n++) {
      int ql = at + 64 * n;
      int qh = at + 128 + 32 * n;
      for (int i = 0; i < 32; i++) {
        int high = in[qh + i];
        level[128 * n + i] = (byte) (((in[ql + i] & 15) | (high & 3) << 4) - 32);
        level[128 * n + i + 32] = (byte) (((in[ql + i + 32] & 15) | (high >> 2 & 3) << 4) - 32);
        level[128 * n + i + 64] = (byte) (((in[ql + i] >> 4 & 15) | (high >> 4 & 3) << 4) - 32);
        level[128 * n + i + 96] =
            (byte) (((in[ql + i + 32] >> 4 & 15) | (high >> 6 & 3) << 4) - 32);
      }
    }
  }

  private void iq4nl(byte[] in, int at) {
    step[0] = Halves.at(in, at);
    for (int i = 0; i < 16; i++) {
      level[i] = IQ4[in[at + 2 + i] & 15];
      level[i + 16] = IQ4[in[at + 2 + i] >> 4 & 15];
    }
  }

  private void iq4xs(byte[] in, int at) {
    float d = Halves.at(in, at);
    int high = (short) U16.get(in, at + 2);
    for (int s = 0; s < 8; s++) {
      int low = in[at + 4 + s / 2] >> (4 * (s % 2)) & 15;
      step[s] = d * ((low | (high >> (2 * s) & 3) << 4) - 32);
      for (int i = 0; i < 16; i++) {
        int both = in[at + 8 + 16 * s + i];
        level[32 * s + i] = IQ4[both & 15];
        level[32 * s + i + 16] = IQ4[both >> 4 & 15];
      }
    }
  }

  private void tq1(byte[] in, int at) {
    step[0] = Halves.at(in, at + 52);
    int to = 0;
    for (int width = 32, from = 0; width >= 16; from += width, width -= 16) {
      for (int n = 0; n < 5; n++) {
        for (int i = 0; i < width; i++) {
          level[to++] = (byte) ternary(in[at + from + i], n);
        }
      }
    }
    for (int n = 0; n < 4; n++) {
      for (int i = 0; i < 4; i++) {
        level[to++] = (byte) ternary(in[at + 48 + i], n);
      }
    }
  }

  private static int ternary(int packed, int digit) {
    int shifted = packed * POWERS_OF_3[digit] & 0xff;
    return ((shifted * 3) >> 8) - 1;
  }

  private void tq2(byte[] in, int at) {
    step[0] = Halves.at(in, at + 64);
    for (int i = 0; i < 256; i++) {
      level[i] = (byte) ((in[at + (i >> 7) * 32 + (i & 31)] >> (2 * (i >> 5 & 3)) & 3) - 1);
    }
  }

  private void mxfp4(byte[] in, int at) {
    int exponent = in[at] & 0xff;
    // Half of 2^(e - 127), because the levels are doubled; the smallest are subnormal.
    step[0] =
        exponent < 2
            ? Float.intBitsToFloat(0x0020_0000 << exponent)
            : Float.intBitsToFloat((exponent - 1) << 23);
    for (int i = 0; i < 16; i++) {
      level[i] = MXFP4[in[at + 1 + i] & 15];
      level[i + 16] = MXFP4[in[at + 1 + i] >> 4 & 15];
    }
  }
}
