package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads bits of a part of an array from its end to its start, RFC 8878 section 4.1: the highest
/// set bit of the last byte marks where they begin. Before the start there are zeros, of which the
/// callers ask no more than they need to notice.
final class BackwardBits {
  /// Bytes that must exist behind the part.
  static final int PADDING = Long.BYTES;

  private static final VarHandle U64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteCursor in;
  private final String field;
  private final byte[] bytes;
  private final int start;

  /// Position of the next bit to be read, plus one; below `start` when more was read than is there.
  private int bit;

  BackwardBits(ByteCursor in, String field, byte[] bytes, int from, int to) throws FormatException {
    this.in = in;
    this.field = field;
    this.bytes = bytes;
    this.start = from * 8;
    if (to <= from || bytes[to - 1] == 0) {
      throw in.malformed(field, "the bits have no end mark");
    }
    this.bit = to * 8 - 1 - (Integer.numberOfLeadingZeros(bytes[to - 1] & 0xff) - 24);
  }

  /// Reads up to 31 bits.
  int read(int count) {
    return (int) readLong(count);
  }

  /// Reads up to 56 bits.
  long readLong(int count) {
    bit -= count;
    long mask = (1L << count) - 1;
    if (bit >= start) {
      return (long) U64.get(bytes, bit >>> 3) >>> (bit & 7) & mask;
    }
    int missing = start - bit;
    return missing >= count ? 0 : (long) U64.get(bytes, start >>> 3) << missing & mask;
  }

  /// Bits left; negative when more was read than is there.
  int left() {
    return bit - start;
  }

  void requireNotPassed() throws FormatException {
    if (bit < start) {
      throw in.malformed(field, "needs more bits than there are");
    }
  }

  void requireAtStart() throws FormatException {
    if (bit != start) {
      throw in.malformed(field, left() + " bits are left over");
    }
  }
}
