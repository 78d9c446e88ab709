package dev.vidimus.formats.zip;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A small piece of the file, with its little-endian fields by their offset. ZIP headers lie far
/// apart, so that a cursor's window would read much and use little.
final class Fields {
  private static final VarHandle U16 = little(short[].class);
  private static final VarHandle U32 = little(int[].class);
  private static final VarHandle U64 = little(long[].class);

  private final byte[] bytes;
  private final int start;

  /// @param start index of the first field
  Fields(byte[] bytes, int start) {
    this.bytes = bytes;
    this.start = start;
  }

  private static VarHandle little(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  static Fields read(Bytes bytes, long at, int length) throws IOException {
    return new Fields(bytes.array(at, length), 0);
  }

  int u16(int at) {
    return (short) U16.get(bytes, start + at) & 0xffff;
  }

  long u32(int at) {
    return (int) U32.get(bytes, start + at) & 0xffff_ffffL;
  }

  long i64(int at) {
    return (long) U64.get(bytes, start + at);
  }

  /// The fields from an offset on.
  Fields from(int at) {
    return new Fields(bytes, start + at);
  }

  /// Text that is UTF-8 if it can be, otherwise one character a byte.
  String text(int at, int length) {
    String text = new String(bytes, start + at, length, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0
        ? text
        : new String(bytes, start + at, length, StandardCharsets.ISO_8859_1);
  }
}
