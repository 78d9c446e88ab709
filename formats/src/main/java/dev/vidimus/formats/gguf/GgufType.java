package dev.vidimus.formats.gguf;

import org.jspecify.annotations.Nullable;

/// The type of a metadata value: `enum gguf_type` of gguf.h, in the order of its numbers.
public enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(0),
  ARRAY(0),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private static final GgufType[] VALUES = values();

  private final int size;

  GgufType(int size) {
    this.size = size;
  }

  /// Size of a value in bytes; 0 for strings and arrays, which say their own.
  int size() {
    return size;
  }

  static @Nullable GgufType of(long code) {
    return code >= 0 && code < VALUES.length ? VALUES[(int) code] : null;
  }
}
