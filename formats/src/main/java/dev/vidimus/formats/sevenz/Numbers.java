package dev.vidimus.formats.sevenz;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.Arrays;

/// The number and flag encodings of 7z headers.
final class Numbers {
  private static final int MOST = 1 << 20;

  private Numbers() {}

  /// A number of one to nine bytes: the leading ones of the first say how many follow.
  ///
  /// @return its value, not negative
  static long number(ByteCursor in, String field) throws IOException, FormatException {
    int first = in.u8(field);
    long value = 0;
    int mask = 0x80;
    for (int i = 0; i < 8; i++) {
      if ((first & mask) == 0) {
        return value | (long) (first & (mask - 1)) << (8 * i);
      }
      value |= (long) in.u8(field) << (8 * i);
      mask >>>= 1;
    }
    if (value < 0) {
      throw in.malformed(field, "is over 63 bits");
    }
    return value;
  }

  /// A number of things, each of which costs memory.
  ///
  /// @param possible more cannot be there
  static int count(ByteCursor in, String field, long possible) throws IOException, FormatException {
    long start = in.position();
    long count = number(in, field);
    if (count > possible) {
      throw new FormatException.Malformed(
          in.where(field), start, "declares " + count + ", over " + possible);
    }
    if (count > MOST) {
      throw new FormatException.LimitExceeded(
          in.where(field), start, "declares " + count + ", over the limit of " + MOST);
    }
    return (int) count;
  }

  /// One bit for each of some things, the highest of a byte first.
  static boolean[] bits(ByteCursor in, String field, int count)
      throws IOException, FormatException {
    boolean[] bits = new boolean[count];
    int held = 0;
    for (int i = 0; i < count; i++) {
      held = i % 8 == 0 ? in.u8(field) : held << 1;
      bits[i] = (held & 0x80) != 0;
    }
    return bits;
  }

  /// Bits that are left out if all are set.
  static boolean[] bitsOrAll(ByteCursor in, String field, int count)
      throws IOException, FormatException {
    if (in.u8(field) == 0) {
      return bits(in, field, count);
    }
    boolean[] bits = new boolean[count];
    Arrays.fill(bits, true);
    return bits;
  }

  /// CRC-32 values; -1 for what has none.
  static long[] digests(ByteCursor in, int count) throws IOException, FormatException {
    boolean[] defined = bitsOrAll(in, "7z digests", count);
    long[] digests = new long[count];
    for (int i = 0; i < count; i++) {
      digests[i] = defined[i] ? in.u32("7z digest") : -1;
    }
    return digests;
  }
}
