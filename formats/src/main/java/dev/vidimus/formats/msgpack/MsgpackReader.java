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
  private void close() {
    while (depth > 0 && left[depth - 1] == 0) {
      depth--;
      if (depth > 0) {
        left[depth - 1]--;
      }
    }
  }

  private void value() throws IOException, FormatException {
    int first = cursor.u8(FIELD);
    if (first >= 0x80 && first < 0xa0) {
      boolean isMap = first < 0x90;
      open(isMap ? 2L * (first & 0xf) : first & 0xf);
      return;
    }
    switch (first) {
      case 0xdc -> open(big(2));
      case 0xdd -> open(big(4));
      case 0xde -> open(2 * big(2));
      case 0xdf -> open(2 * big(4));
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
      return; // a small number
    }
    if (first >= 0xa0 && first < 0xc0) {
      cursor.skip("text", first & 0x1f);
      return;
    }
    switch (first) {
      case 0xc0, 0xc2, 0xc3 -> {} // nil, false, true
      case 0xc4 -> bytes(big(1));
      case 0xc5 -> bytes(big(2));
      case 0xc6 -> bytes(big(4));
      case 0xc7 -> extension(big(1));
      case 0xc8 -> extension(big(2));
      case 0xc9 -> extension(big(4));
      case 0xca, 0xce, 0xd2 -> cursor.skip(FIELD, 4);
      case 0xcb, 0xcf, 0xd3 -> cursor.skip(FIELD, 8);
      case 0xcc, 0xd0 -> cursor.skip(FIELD, 1);
      case 0xcd, 0xd1 -> cursor.skip(FIELD, 2);
      case 0xd4 -> extension(1);
      case 0xd5 -> extension(2);
      case 0xd6 -> extension(4);
      case 0xd7 -> extension(8);
      case 0xd8 -> extension(16);
      case 0xd9 -> cursor.skip("text", big(1));
      case 0xda -> cursor.skip("text", big(2));
      case 0xdb -> cursor.skip("text", big(4));
      default -> throw cursor.malformed(FIELD, "has the type 0x" + Integer.toHexString(first));
    }
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
  private void open(long count) throws FormatException {
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
  }

  private long big(int size) throws IOException, FormatException {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | cursor.u8(FIELD);
    }
    return value;
  }
}
