package dev.vidimus.formats.git;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A zlib stream, read as far as it is needed.
final class Inflated implements AutoCloseable {
  private final ByteCursor packed;
  private final Inflater inflater = new Inflater();
  private final byte[] input = new byte[4096];

  /// @param packed at the first byte of the stream
  Inflated(ByteCursor packed) {
    this.packed = packed;
  }

  /// The next `count` bytes, or fewer at the end of the stream. Grows with what there is, so that a
  /// declared size alone allocates nothing.
  byte[] upTo(int count) throws IOException, FormatException {
    byte[] bytes = new byte[Math.min(count, 1 << 13)];
    int filled = 0;
    while (filled < count) {
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
      }
      int more = inflate(bytes, filled);
      if (more < 0) {
        break;
      }
      filled += more;
    }
    return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
  }

  /// Requires that the stream has ended and that its checksum is right.
  void end() throws IOException, FormatException {
    if (inflate(new byte[1], 0) >= 0) {
      throw packed.malformed("zlib stream", "is longer than the object's size");
    }
  }

  /// @return -1 at the end of the stream
  private int inflate(byte[] into, int from) throws IOException, FormatException {
    try {
      while (true) {
        int count = inflater.inflate(into, from, into.length - from);
        if (count > 0) {
          return count;
        }
        if (inflater.finished()) {
          return -1;
        }
        if (inflater.needsDictionary()) {
          throw packed.malformed("zlib stream", "needs a dictionary");
        }
        feed();
      }
    } catch (DataFormatException e) {
      throw packed.malformed("zlib stream", "is damaged: " + e.getMessage());
    }
  }

  private void feed() throws IOException, FormatException {
    int count = (int) Math.min(input.length, packed.remaining());
    if (count == 0) {
      throw packed.malformed("zlib stream", "does not end in the bytes that are there");
    }
    packed.array("zlib stream", input, 0, count);
    inflater.setInput(input, 0, count);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
