package dev.vidimus.formats.detect;

/// Whether bytes could be the beginning of a deflate stream
/// ([RFC 1951, section 3.2.3](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3)).
final class DeflateStart {
  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;

  private final byte[] bytes;

  /// Position in bits, the least significant bit of a byte first.
  private int at;

  private DeflateStart(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from * 8;
  }

  /// @param from index of the first byte of the stream
  static boolean plausible(byte[] bytes, int from) {
    DeflateStart start = new DeflateStart(bytes, from);
    start.bits(1); // whether this block is the last
    return switch (start.bits(2)) {
      case STORED -> start.storedLengths();
      case FIXED -> true;
      case DYNAMIC -> start.completeCodeLengths();
      default -> false;
    };
  }

  /// A length and its complement.
  private boolean storedLengths() {
    at = (at + 7) & -8;
    int length = bits(16);
    return length >= 0 && bits(16) == (length ^ 0xffff);
  }

  /// The code lengths for the code lengths: as a prefix code they must use up every bit pattern.
  private boolean completeCodeLengths() {
    int literals = bits(5) + 257;
    int distances = bits(5) + 1;
    int count = bits(4) + 4;
    if (literals > 286 || distances > 30) {
      return false;
    }
    int used = 0; // in units of 1/128, the share of the longest code
    for (int i = 0; i < count; i++) {
      int length = bits(3);
      if (length < 0) {
        return true; // cut off: nothing speaks against it
      }
      used += length == 0 ? 0 : 128 >> length;
    }
    return used == 128;
  }

  /// @return -1 past the end
  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      if (at >> 3 >= bytes.length) {
        return -1;
      }
      value |= (bytes[at >> 3] >> (at & 7) & 1) << i;
    }
    return value;
  }
}
