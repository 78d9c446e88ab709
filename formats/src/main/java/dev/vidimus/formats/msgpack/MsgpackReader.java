package dev.vidimus.formats.msgpack;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Reads the values of a file, one after the other to its end.
public final class MsgpackReader {
  /// As deep as the readers of Python and C go.
  private static final int DEEPEST = 512;

  private static final String FIELD = "value";

  private final ByteCursor cursor;
  private final MsgpackListener listener;
  private final long[] left = new long[DEEPEST];
  private int depth;

  private MsgpackReader(ByteCursor cursor, MsgpackListener listener) {
    this.cursor = cursor;
    this.listener = listener;
  }

  /// Reads a file.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first value that does not fit, or over a limit
  public static void read(Bytes bytes, String source, MsgpackListener listener)
      throws IOException, FormatException {
    MsgpackReader reader = new MsgpackReader(new ByteCursor(bytes, source), listener);
    while (reader.cursor.hasRemaining()) {
      reader.value();
      reader.close();
    }
    if (reader.depth > 0) {
      throw reader.cursor.malformed(FIELD, "the file ends inside a container");
    }
  }

  /// Leaves the containers that are full now.
  private void close() throws IOException, FormatException {
    while (depth > 0 && left[depth - 1] == 0) {
      depth--;
      listener.end();
      if (depth > 0) {
        left[depth - 1]--;
      }
    }
  }

  private void value() throws IOException, FormatException {
    int first = cursor.u8(FIELD);
    if (first >= 0x80 && first < 0xa0) {
      boolean isMap = first < 0x90;
      open(isMap, isMap ? 2L * (first & 0xf) : first & 0xf);
      return;
    }
    switch (first) {
      case 0xdc -> open(false, big(2));
      case 0xdd -> open(false, big(4));
      case 0xde -> open(true, 2 * big(2));
      case 0xdf -> open(true, 2 * big(4));
      default -> {
        scalar(first);
        if (depth > 0) {
          left[depth - 1]--;
        }
      }
    }
  }

  private void scalar(int first) throws IOException, FormatException {
    if (first < 0x80 || first >= 0xe0) {
      listener.integer((byte) first); // a small number
      return;
    }
    if (first >= 0xa0 && first < 0xc0) {
      text(first & 0x1f);
      return;
    }
    switch (first) {
      case 0xc0, 0xc2, 0xc3 -> listener.other(); // nil, false, true
      case 0xc4 -> bytes(big(1));
      case 0xc5 -> bytes(big(2));
      case 0xc6 -> bytes(big(4));
      case 0xc7 -> extension(big(1));
      case 0xc8 -> extension(big(2));
      case 0xc9 -> extension(big(4));
      case 0xca -> fraction(4);
      case 0xcb -> fraction(8);
      case 0xcc -> listener.integer(big(1));
      case 0xcd -> listener.integer(big(2));
      case 0xce -> listener.integer(big(4));
      case 0xcf, 0xd3 -> listener.integer(big(8));
      case 0xd0 -> listener.integer((byte) big(1));
      case 0xd1 -> listener.integer((short) big(2));
      case 0xd2 -> listener.integer(big(4) << 32 >> 32);
      case 0xd4 -> extension(1);
      case 0xd5 -> extension(2);
      case 0xd6 -> extension(4);
      case 0xd7 -> extension(8);
      case 0xd8 -> extension(16);
      case 0xd9 -> text(big(1));
      case 0xda -> text(big(2));
      case 0xdb -> text(big(4));
      default -> throw cursor.malformed(FIELD, "has the type 0x" + Integer.toHexString(first));
    }
  }

  private void fraction(int length) throws IOException, FormatException {
    cursor.skip(FIELD, length);
    listener.other();
  }

  private void text(long length) throws IOException, FormatException {
    long start = cursor.position();
    cursor.skip("text", length);
    listener.text(start, length);
  }

  private void bytes(long length) throws IOException, FormatException {
    long start = cursor.position();
    cursor.skip("bytes", length);
    listener.bytes(start, length);
  }

  private void extension(long length) throws IOException, FormatException {
    int type = (byte) cursor.u8("extension");
    long start = cursor.position();
    cursor.skip("extension", length);
    listener.extension(type, start, length);
  }

  /// @param count of the values inside
  private void open(boolean isMap, long count) throws IOException, FormatException {
    // Every value takes a byte at least.
    if (count > cursor.remaining()) {
      throw cursor.malformed(
          "container", "declares " + count + " values but " + cursor.remaining() + " bytes follow");
    }
    if (depth == DEEPEST) {
      throw new FormatException.LimitExceeded(
          cursor.where("container"), cursor.position(), "containers nested deeper than " + DEEPEST);
    }
    left[depth++] = count;
    listener.begin(isMap, count);
  }

  private long big(int size) throws IOException, FormatException {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | cursor.u8(FIELD);
    }
    return value;
  }
}
