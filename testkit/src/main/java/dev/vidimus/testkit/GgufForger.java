package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Makes GGUF files, right or wrong, of any version and byte order. Everything is written as it is
/// given; counts tell the truth unless they are set.
public final class GgufForger {
  private final int version;
  private final ByteOrder order;
  private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
  private final ByteArrayOutputStream table = new ByteArrayOutputStream();
  private long keys;
  private long tensors;
  private int alignment = 32;
  private byte[] data = {};

  private GgufForger(int version, ByteOrder order) {
    this.version = version;
    this.order = order;
  }

  /// A little-endian file of version 3.
  public static GgufForger gguf() {
    return gguf(3, ByteOrder.LITTLE_ENDIAN);
  }

  /// A file of some version and byte order; version 1 writes lengths with 32 bits.
  public static GgufForger gguf(int version, ByteOrder order) {
    return new GgufForger(version, order);
  }

  /// A key with a string.
  public GgufForger string(String key, String value) {
    return raw(key, 8, text(value));
  }

  /// A key with a 32-bit number, of type UINT32.
  public GgufForger u32(String key, int value) {
    return raw(key, 4, number(4, value));
  }

  /// A key with an array of strings.
  public GgufForger strings(String key, String... values) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(number(4, 8));
    content.writeBytes(word(values.length));
    for (String value : values) {
      content.writeBytes(text(value));
    }
    return raw(key, 9, content.toByteArray());
  }

  /// An array whose head says anything, without elements.
  public GgufForger arrayHead(String key, int elementType, long count) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(number(4, elementType));
    content.writeBytes(word(count));
    return raw(key, 9, content.toByteArray());
  }

  /// A key whose type and content say anything.
  public GgufForger raw(String key, int type, byte... content) {
    metadata.writeBytes(text(key));
    metadata.writeBytes(number(4, type));
    metadata.writeBytes(content);
    keys++;
    return this;
  }

  /// An entry of the tensor table.
  public GgufForger tensor(String name, int type, long offset, long... dimensions) {
    table.writeBytes(text(name));
    table.writeBytes(number(4, dimensions.length));
    for (long dimension : dimensions) {
      table.writeBytes(word(dimension));
    }
    table.writeBytes(number(4, type));
    table.writeBytes(number(8, offset));
    tensors++;
    return this;
  }

  /// What the count of keys says.
  public GgufForger keyCount(long count) {
    keys = count;
    return this;
  }

  /// What the count of tensors says.
  public GgufForger tensorCount(long count) {
    tensors = count;
    return this;
  }

  /// The padding before the data; it is not written into the metadata.
  public GgufForger padTo(int multiple) {
    alignment = multiple;
    return this;
  }

  /// The bytes after the padding.
  public GgufForger data(int size) {
    data = new byte[size];
    return this;
  }

  /// The bytes after the padding.
  public GgufForger data(byte... bytes) {
    data = bytes.clone();
    return this;
  }

  /// The file.
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'G', 'G', 'U', 'F'});
    out.writeBytes(number(4, version));
    out.writeBytes(word(tensors));
    out.writeBytes(word(keys));
    out.writeBytes(metadata.toByteArray());
    out.writeBytes(table.toByteArray());
    while (out.size() % alignment != 0) {
      out.write(0);
    }
    out.writeBytes(data);
    return out.toByteArray();
  }

  private byte[] text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(word(bytes.length));
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private byte[] word(long value) {
    return number(version == 1 ? 4 : 8, value);
  }

  private byte[] number(int size, long value) {
    ByteBuffer buffer = ByteBuffer.allocate(size).order(order);
    return size == 4 ? buffer.putInt((int) value).array() : buffer.putLong(value).array();
  }
}
