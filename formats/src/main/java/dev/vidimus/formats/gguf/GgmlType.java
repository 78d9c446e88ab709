package dev.vidimus.formats.gguf;

import org.jspecify.annotations.Nullable;

/// How the elements of a tensor are stored: `enum ggml_type` of ggml.h, with the size of a block as
/// `type_traits` in ggml.c has it. Types that ggml has removed are kept, because their files exist.
public enum GgmlType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q4_2(4, 16, 10),
  Q4_3(5, 16, 12),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q8_1(9, 32, 36),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  Q8_K(15, 256, 292),
  IQ2_XXS(16, 256, 66),
  IQ2_XS(17, 256, 74),
  IQ3_XXS(18, 256, 98),
  IQ1_S(19, 256, 50),
  IQ4_NL(20, 32, 18),
  IQ3_S(21, 256, 110),
  IQ2_S(22, 256, 82),
  IQ4_XS(23, 256, 136),
  I8(24, 1, 1),
  I16(25, 1, 2),
  I32(26, 1, 4),
  I64(27, 1, 8),
  F64(28, 1, 8),
  IQ1_M(29, 256, 56),
  BF16(30, 1, 2),
  Q4_0_4_4(31, 32, 18),
  Q4_0_4_8(32, 32, 18),
  Q4_0_8_8(33, 32, 18),
  TQ1_0(34, 256, 54),
  TQ2_0(35, 256, 66),
  IQ4_NL_4_4(36, 32, 18),
  IQ4_NL_4_8(37, 32, 18),
  IQ4_NL_8_8(38, 32, 18),
  MXFP4(39, 32, 17),
  NVFP4(40, 64, 36),
  Q1_0(41, 128, 18),
  Q2_0(42, 64, 18);

  private static final GgmlType[] VALUES = values();

  private final int code;
  private final int blockElements;
  private final int blockBytes;

  GgmlType(int code, int blockElements, int blockBytes) {
    this.code = code;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /// The number that stands for the type in files.
  public int code() {
    return code;
  }

  /// Elements in one block; a row of a tensor is a whole number of blocks.
  public int blockElements() {
    return blockElements;
  }

  /// Bytes in one block.
  public int blockBytes() {
    return blockBytes;
  }

  /// The type of that number, or null.
  static @Nullable GgmlType of(long code) {
    // The constants stand in the order of their codes, without a gap; a test holds them to it.
    return code >= 0 && code < VALUES.length ? VALUES[(int) code] : null;
  }
}
