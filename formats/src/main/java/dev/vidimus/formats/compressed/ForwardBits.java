package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;

/// Reads bits of a part of an array from its start on, the lowest bit of each byte first.
final class ForwardBits {
  private final ByteCursor in;
  private final String field;
  private final byte[] bytes;
  private final int end;
  private int bit;

  /// @param in only says where the part was, for errors
  ForwardBits(ByteCursor in, String field, byte[] bytes, int start, int end) {
    this.in = in;
    this.field = field;
    this.bytes = bytes;
    this.end = end;
    this.bit = start * 8;
  }

  /// Index of the next byte; a byte that was begun counts as read.
  int at() {
    return (bit + 7) >>> 3;
  }

  /// Passes over the rest of a byte that was begun.
  void align() {
    bit = at() * 8;
  }

  int u8() throws FormatException {
    return read(8);
  }

  /// Reads up to 16 bits.
  int read(int count) throws FormatException {
    if (bit + count > end * 8) {
      throw malformed("ends inside its table");
    }
    int value = 0;
    for (int i = 0; i < 3; i++) {
      int index = (bit >>> 3) + i;
      value |= index < end ? (bytes[index] & 0xff) << (8 * i) : 0;
    }
    value = (value >>> (bit & 7)) & ((1 << count) - 1);
    bit += count;
    return value;
  }

  /// Takes back bits that were read.
  void unread(int count) {
    bit -= count;
  }

  FormatException.Malformed malformed(String problem) {
    return in.malformed(field, problem);
  }
}
