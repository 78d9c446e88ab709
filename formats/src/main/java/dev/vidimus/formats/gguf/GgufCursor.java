package dev.vidimus.formats.gguf;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A cursor that knows the file's byte order and how wide its version writes lengths.
final class GgufCursor {
  private final ByteCursor bytes;
  private final boolean big;
  private final boolean narrow;

  /// @param narrow whether lengths and counts have 32 bits, as in version 1, instead of 64
  GgufCursor(ByteCursor bytes, ByteOrder order, boolean narrow) {
    this.bytes = bytes;
    this.big = order == ByteOrder.BIG_ENDIAN;
    this.narrow = narrow;
  }

  long position() {
    return bytes.position();
  }

  long remaining() {
    return bytes.remaining();
  }

  long u32(String field) throws IOException, FormatException {
    return big ? bytes.u32Big(field) : bytes.u32(field);
  }

  long u64(String field) throws IOException, FormatException {
    return big ? bytes.i64Big(field) : bytes.i64(field);
  }

  /// A length, count or dimension, unsigned.
  long word(String field) throws IOException, FormatException {
    return narrow ? u32(field) : u64(field);
  }

  /// Width of [#word] in bytes.
  int wordSize() {
    return narrow ? Integer.BYTES : Long.BYTES;
  }

  /// A count of things that take at least `least` bytes each, proved against what follows.
  ///
  /// @param most the largest count worth reading
  int count(String field, long least, int most) throws IOException, FormatException {
    long start = position();
    long count = word(field);
    if (Long.compareUnsigned(count, remaining() / least) > 0) {
      throw new FormatException.Malformed(
          where(field),
          start,
          "declares "
              + Long.toUnsignedString(count)
              + " of at least "
              + least
              + " bytes each, but "
              + remaining()
              + " bytes follow");
    }
    if (count > most) {
      throw new FormatException.LimitExceeded(
          where(field), start, "declares " + count + ", over the limit of " + most);
    }
    return (int) count;
  }

  /// The length of a string, proved against what follows; the position is then its first byte.
  long stringLength(String field, long most) throws IOException, FormatException {
    long start = position();
    return bytes.proved(field, start, word(field), most);
  }

  String string(String field, int most) throws IOException, FormatException {
    int length = (int) stringLength(field, most);
    return bytes.text(field, length, StandardCharsets.UTF_8);
  }

  void skip(String field, long count) throws FormatException {
    bytes.skip(field, count);
  }

  String where(String field) {
    return bytes.where(field);
  }

  FormatException.Malformed malformed(String field, long offset, String problem) {
    return new FormatException.Malformed(where(field), offset, problem);
  }
}
