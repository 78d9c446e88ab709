package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;

/// Collects the little-endian fields of a forged file.
final class LittleEndian {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  LittleEndian u8(int value) {
    out.write(value);
    return this;
  }

  LittleEndian u16(int value) {
    return u8(value).u8(value >>> 8);
  }

  LittleEndian u32(long value) {
    return u16((int) value).u16((int) (value >>> 16));
  }

  LittleEndian u64(long value) {
    return u32(value).u32(value >>> 32);
  }

  LittleEndian bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] array() {
    return out.toByteArray();
  }
}
