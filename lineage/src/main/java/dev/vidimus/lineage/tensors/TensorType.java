package dev.vidimus.lineage.tensors;

import dev.vidimus.formats.gguf.GgmlType;
import dev.vidimus.formats.safetensors.SafetensorsType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the elements of a tensor are stored. Plain numbers have one name in every container, which
/// is that of safetensors; blocks of ggml are called `GGML:Q4_K` and so on.
public enum TensorType {
  F64("F64", 1, 8),
  F32("F32", 1, 4),
  F16("F16", 1, 2),
  BF16("BF16", 1, 2),
  F8_E4M3("F8_E4M3", 1, 1),
  F8_E5M2("F8_E5M2", 1, 1),
  F8_E8M0("F8_E8M0", 1, 1),
  F8_E4M3FNUZ("F8_E4M3FNUZ", 1, 1),
  F8_E5M2FNUZ("F8_E5M2FNUZ", 1, 1),
  F6_E2M3("F6_E2M3", 4, 3),
  F6_E3M2("F6_E3M2", 4, 3),
  F4("F4", 2, 1),
  I64("I64", 1, 8),
  I32("I32", 1, 4),
  I16("I16", 1, 2),
  I8("I8", 1, 1),
  U64("U64", 1, 8),
  U32("U32", 1, 4),
  U16("U16", 1, 2),
  U8("U8", 1, 1),
  BOOL("BOOL", 1, 1),
  C64("C64", 1, 8),
  C128("C128", 1, 16),
  Q4_0(GgmlType.Q4_0),
  Q4_1(GgmlType.Q4_1),
  Q4_2(GgmlType.Q4_2),
  Q4_3(GgmlType.Q4_3),
  Q5_0(GgmlType.Q5_0),
  Q5_1(GgmlType.Q5_1),
  Q8_0(GgmlType.Q8_0),
  Q8_1(GgmlType.Q8_1),
  Q2_K(GgmlType.Q2_K),
  Q3_K(GgmlType.Q3_K),
  Q4_K(GgmlType.Q4_K),
  Q5_K(GgmlType.Q5_K),
  Q6_K(GgmlType.Q6_K),
  Q8_K(GgmlType.Q8_K),
  IQ2_XXS(GgmlType.IQ2_XXS),
  IQ2_XS(GgmlType.IQ2_XS),
  IQ3_XXS(GgmlType.IQ3_XXS),
  IQ1_S(GgmlType.IQ1_S),
  IQ4_NL(GgmlType.IQ4_NL),
  IQ3_S(GgmlType.IQ3_S),
  IQ2_S(GgmlType.IQ2_S),
  IQ4_XS(GgmlType.IQ4_XS),
  IQ1_M(GgmlType.IQ1_M),
  Q4_0_4_4(GgmlType.Q4_0_4_4),
  Q4_0_4_8(GgmlType.Q4_0_4_8),
  Q4_0_8_8(GgmlType.Q4_0_8_8),
  TQ1_0(GgmlType.TQ1_0),
  TQ2_0(GgmlType.TQ2_0),
  IQ4_NL_4_4(GgmlType.IQ4_NL_4_4),
  IQ4_NL_4_8(GgmlType.IQ4_NL_4_8),
  IQ4_NL_8_8(GgmlType.IQ4_NL_8_8),
  MXFP4(GgmlType.MXFP4),
  NVFP4(GgmlType.NVFP4),
  Q1_0(GgmlType.Q1_0),
  Q2_0(GgmlType.Q2_0);

  private static final Map<String, TensorType> BY_NAME = new HashMap<>();

  static {
    for (TensorType type : values()) {
      BY_NAME.put(type.name(), type);
    }
  }

  private final String word;
  private final int blockElements;
  private final int blockBytes;

  TensorType(String word, int blockElements, int blockBytes) {
    this.word = word;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  TensorType(GgmlType type) {
    this("GGML:" + type.name(), type.blockElements(), type.blockBytes());
  }

  static TensorType of(SafetensorsType type) {
    return named(type.name());
  }

  static TensorType of(GgmlType type) {
    return named(type.name());
  }

  /// A type by its name without `GGML:`.
  ///
  /// @throws IllegalStateException if the formats know a type that this table lacks
  private static TensorType named(String name) {
    TensorType type = BY_NAME.get(name);
    if (type == null) {
      throw new IllegalStateException("no tensor type for " + name);
    }
    return type;
  }

  /// A type by its name, with or without `GGML:`, or null.
  public static @Nullable TensorType of(String name) {
    return BY_NAME.get(name.startsWith("GGML:") ? name.substring(5) : name);
  }

  /// Its name as digests and output have it.
  public String word() {
    return word;
  }

  /// Elements in a block; 1 for plain numbers of whole bytes.
  public int blockElements() {
    return blockElements;
  }

  /// Bytes of a block.
  public int blockBytes() {
    return blockBytes;
  }

  /// Whether it is a floating-point number of whole bytes whose values this module widens.
  public boolean isFloat() {
    return switch (this) {
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 -> true;
      default -> false;
    };
  }

  /// Whether it is made of blocks with scales.
  public boolean isQuantized() {
    return word.startsWith("GGML:");
  }
}
