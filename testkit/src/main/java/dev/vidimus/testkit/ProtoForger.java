package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Makes messages of protocol buffers, right or wrong: fields in the order in which they are given.
public final class ProtoForger {
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private ProtoForger() {}

  /// An empty message.
  public static ProtoForger message() {
    return new ProtoForger();
  }

  /// A number.
  public ProtoForger number(int field, long value) {
    return varint((long) field << 3).varint(value);
  }

  /// A number of four bytes.
  public ProtoForger decimal(int field, float value) {
    int bits = Float.floatToRawIntBits(value);
    return varint((long) field << 3 | FIXED32).raw(bits, bits >> 8, bits >> 16, bits >> 24);
  }

  /// A string.
  public ProtoForger text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /// Bytes.
  public ProtoForger bytes(int field, byte... content) {
    varint((long) field << 3 | BYTES).varint(content.length);
    out.writeBytes(content);
    return this;
  }

  /// A message inside.
  public ProtoForger inside(int field, ProtoForger message) {
    return bytes(field, message.bytes());
  }

  /// Bytes that are no field, as they are.
  public ProtoForger raw(int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
    return this;
  }

  private ProtoForger varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /// The message.
  public byte[] bytes() {
    return out.toByteArray();
  }
}
