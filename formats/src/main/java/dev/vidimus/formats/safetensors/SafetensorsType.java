package dev.vidimus.formats.safetensors;

import org.jspecify.annotations.Nullable;

/// The element types of the reference implementation (`Dtype`), under the names that files use.
public enum SafetensorsType {
  BOOL(8),
  F4(4),
  F6_E2M3(6),
  F6_E3M2(6),
  U8(8),
  I8(8),
  F8_E5M2(8),
  F8_E4M3(8),
  F8_E8M0(8),
  F8_E4M3FNUZ(8),
  F8_E5M2FNUZ(8),
  I16(16),
  U16(16),
  F16(16),
  BF16(16),
  I32(32),
  U32(32),
  F32(32),
  C64(64),
  F64(64),
  I64(64),
  U64(64);

  private final int bits;

  SafetensorsType(int bits) {
    this.bits = bits;
  }

  /// Size of one element in bits; tensors of types below 8 must still fill whole bytes.
  public int bits() {
    return bits;
  }

  /// The type of that name, or null.
  static @Nullable SafetensorsType named(String name) {
    for (SafetensorsType type : VALUES) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  private static final SafetensorsType[] VALUES = values();
}
