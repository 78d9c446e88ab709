package dev.vidimus.formats.git;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Instructions that make an object out of another
/// ([gitformat-pack](https://git-scm.com/docs/gitformat-pack), "Deltified representation").
final class Delta {
  private static final int COPY = 0x80;

  private Delta() {}

  /// The object that the instructions make.
  ///
  /// @param most the largest result worth making, in bytes
  static byte[] applied(byte[] base, byte[] delta, String source, int most)
      throws IOException, FormatException {
    ByteCursor in = new ByteCursor(Bytes.of(delta), source + ": delta");
    long baseSize = size(in);
    if (baseSize != base.length) {
      throw in.malformed("base size", "is " + baseSize + ", but the base has " + base.length);
    }
    long resultSize = size(in);
    if (resultSize > most) {
      throw new FormatException.LimitExceeded(
          in.where("result size"), 0, resultSize + " bytes, over the limit of " + most);
    }
    byte[] result = new byte[(int) resultSize];
    int filled = 0;
    while (in.hasRemaining()) {
      int opcode = in.u8("instruction");
      if (opcode == 0) {
        throw in.malformed("instruction", "is 0, which is reserved");
      }
      boolean isCopy = (opcode & COPY) != 0;
      long from = isCopy ? offset(in, opcode) : 0;
      int length = isCopy ? length(in, opcode) : opcode;
      if (length > result.length - filled || (isCopy && from > base.length - (long) length)) {
        throw in.malformed("instruction", "reaches past the base or the result");
      }
      if (isCopy) {
        System.arraycopy(base, (int) from, result, filled, length);
      } else {
        in.array("new data", result, filled, length);
      }
      filled += length;
    }
    if (filled != result.length) {
      throw in.malformed("result", "has " + filled + " bytes, not " + result.length);
    }
    return result;
  }

  /// The size of the result, from the first bytes of a delta.
  static long resultSize(byte[] head, String source) throws IOException, FormatException {
    ByteCursor in = new ByteCursor(Bytes.of(head), source + ": delta");
    size(in);
    return size(in);
  }

  private static long size(ByteCursor in) throws IOException, FormatException {
    long size = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int b = in.u8("size");
      size |= (long) (b & 0x7f) << shift;
      if ((b & 0x80) == 0) {
        return size;
      }
    }
    throw in.malformed("size", "does not fit 63 bits");
  }

  /// Four bytes, of which the opcode says which are there.
  private static long offset(ByteCursor in, int opcode) throws IOException, FormatException {
    long offset = 0;
    for (int i = 0; i < 4; i++) {
      if ((opcode >> i & 1) != 0) {
        offset |= (long) in.u8("copy offset") << (8 * i);
      }
    }
    return offset;
  }

  private static int length(ByteCursor in, int opcode) throws IOException, FormatException {
    int length = 0;
    for (int i = 0; i < 3; i++) {
      if ((opcode >> (4 + i) & 1) != 0) {
        length |= in.u8("copy length") << (8 * i);
      }
    }
    return length == 0 ? 0x10000 : length;
  }
}
