package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Makes MessagePack as `flax.serialization` writes it: maps of maps, and arrays as extensions.
public final class FlaxForger {
  private static final int ARRAY = 1;

  private FlaxForger() {}

  /// A map with one key.
  public static byte[] map(String key, byte[] value) {
    return join(new byte[] {(byte) 0x81}, text(key), value);
  }

  /// A map with two keys.
  public static byte[] maps(String key, byte[] value, String other, byte[] otherValue) {
    return join(new byte[] {(byte) 0x82}, text(key), value, text(other), otherValue);
  }

  /// A map whose keys count from 0, as flax writes tuples.
  public static byte[] tuple(byte[]... values) {
    byte[] map = {(byte) (0x80 + values.length)};
    for (int i = 0; i < values.length; i++) {
      map = join(map, text(Integer.toString(i)), values[i]);
    }
    return map;
  }

  /// A small number.
  public static byte[] number(int value) {
    return new byte[] {(byte) value};
  }

  /// An array in pieces.
  ///
  /// @param shape a map
  /// @param pieces a map
  public static byte[] pieces(byte[] shape, byte[] pieces) {
    byte[] mark = {(byte) 0xc3};
    return join(
        new byte[] {(byte) 0x83},
        join(text("__msgpack_chunked_array__"), mark),
        join(text("shape"), shape),
        join(text("chunks"), pieces));
  }

  /// An array.
  ///
  /// @param type as NumPy calls it
  public static byte[] array(String type, byte[] bytes, long... shape) {
    byte[] dimensions = {(byte) (0x90 + shape.length)};
    for (long dimension : shape) {
      byte[] one = ByteBuffer.allocate(9).put((byte) 0xcf).putLong(dimension).array();
      dimensions = join(dimensions, one);
    }
    byte[] head = ByteBuffer.allocate(5).put((byte) 0xc6).putInt(bytes.length).array();
    return extension(ARRAY, join(new byte[] {(byte) 0x93}, dimensions, text(type), head, bytes));
  }

  /// An extension.
  public static byte[] extension(int type, byte[] content) {
    byte[] head =
        ByteBuffer.allocate(6).put((byte) 0xc9).putInt(content.length).put((byte) type).array();
    return join(head, content);
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(new byte[] {(byte) 0xd9, (byte) bytes.length}, bytes);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
