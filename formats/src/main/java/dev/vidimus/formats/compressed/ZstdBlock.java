package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Compressed blocks of one Zstandard frame, RFC 8878 section 3.1.1.3: literals, and sequences that
/// say how many literals to copy and which match follows them. Tables and the last three offsets
/// carry over from block to block.
final class ZstdBlock {
  private static final String FIELD = "zstd sequences";
  private static final int[] LITERAL_LENGTHS = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64,
    128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536
  };
  private static final byte[] LITERAL_LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11,
    12, 13, 14, 15, 16
  };
  private static final int[] MATCH_LENGTHS = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
    29, 30, 31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051,
    4099, 8195, 16387, 32771, 65539
  };
  private static final byte[] MATCH_LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
  };
  private static final int MOST_OFFSET_CODE = 31;

  // The predefined distributions of section 3.1.1.3.2.2; -1 is "less than one".
  private static final short[] LITERAL_LENGTH_COUNTS = {
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1,
    -1, -1, -1, -1
  };
  private static final short[] MATCH_LENGTH_COUNTS = {
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
  };
  private static final short[] OFFSET_COUNTS = {
    1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
  };
  private static final FseTable LITERAL_LENGTH_TABLE = FseTable.of(LITERAL_LENGTH_COUNTS, 36, 6);
  private static final FseTable MATCH_LENGTH_TABLE = FseTable.of(MATCH_LENGTH_COUNTS, 53, 6);
  private static final FseTable OFFSET_TABLE = FseTable.of(OFFSET_COUNTS, 29, 5);

  private final ByteCursor in;
  private final Window window;
  private final ZstdLiterals literals;
  private final int[] offsets = {1, 4, 8};
  private @Nullable FseTable literalLengths;
  private @Nullable FseTable matchLengths;
  private @Nullable FseTable offsetCodes;

  /// @param in only says where the block was, for errors
  ZstdBlock(ByteCursor in, Window window) {
    this.in = in;
    this.window = window;
    this.literals = new ZstdLiterals(in);
  }

  /// Decodes a block.
  ///
  /// @param packed the block, with [BackwardBits#PADDING] bytes to spare behind it
  /// @param most plain bytes that a block may have
  void decode(byte[] packed, int size, int most) throws IOException, FormatException {
    ForwardBits head =
        new ForwardBits(in, FIELD, packed, literals.decode(packed, size, most), size);
    int count = head.u8();
    if (count >= 0x80) {
      count =
          count < 0xff ? ((count - 0x80) << 8) + head.u8() : head.u8() + (head.u8() << 8) + 0x7f00;
    }
    if (count == 0) {
      if (head.at() != size) {
        throw in.malformed(FIELD, "there are none, but bytes follow");
      }
      window.put(literals.bytes(), 0, literals.size());
      return;
    }
    int modes = head.u8();
    if ((modes & 3) != 0) {
      throw in.malformed(FIELD, "reserved mode bits are set");
    }
    FseTable lengths = table(head, modes >>> 6, literalLengths, LITERAL_LENGTH_TABLE, 36, 9);
    FseTable codes =
        table(head, (modes >>> 4) & 3, offsetCodes, OFFSET_TABLE, MOST_OFFSET_CODE + 1, 8);
    FseTable matches = table(head, (modes >>> 2) & 3, matchLengths, MATCH_LENGTH_TABLE, 53, 9);
    literalLengths = lengths;
    offsetCodes = codes;
    matchLengths = matches;
    sequences(
        new BackwardBits(in, FIELD, packed, head.at(), size), count, lengths, codes, matches, most);
  }

  private FseTable table(
      ForwardBits head,
      int mode,
      @Nullable FseTable last,
      FseTable predefined,
      int symbols,
      int log)
      throws FormatException {
    return switch (mode) {
      case 0 -> predefined;
      case 1 -> {
        int symbol = head.u8();
        if (symbol >= symbols) {
          throw in.malformed(FIELD, "repeats code " + symbol + " of " + symbols);
        }
        yield FseTable.ofOne(symbol);
      }
      case 2 -> FseTable.read(head, symbols, log);
      default -> {
        if (last == null) {
          throw in.malformed(FIELD, "repeats a table, but there was none");
        }
        yield last;
      }
    };
  }

  private void sequences(
      BackwardBits bits, int count, FseTable lengths, FseTable codes, FseTable matches, int most)
      throws IOException, FormatException {
    int literalAt = 0;
    int plain = 0;
    int lengthState = bits.read(lengths.log());
    int codeState = bits.read(codes.log());
    int matchState = bits.read(matches.log());
    for (int i = 0; i < count; i++) {
      int code = codes.symbol(codeState);
      long value = (1L << code) + bits.readLong(code);
      int matchCode = matches.symbol(matchState);
      int match = MATCH_LENGTHS[matchCode] + bits.read(MATCH_LENGTH_BITS[matchCode]);
      int lengthCode = lengths.symbol(lengthState);
      int length = LITERAL_LENGTHS[lengthCode] + bits.read(LITERAL_LENGTH_BITS[lengthCode]);
      if (i < count - 1) {
        lengthState = lengths.next(lengthState, bits);
        matchState = matches.next(matchState, bits);
        codeState = codes.next(codeState, bits);
      }
      bits.requireNotPassed();
      if (length > literals.size() - literalAt) {
        throw in.malformed(FIELD, "copies more literals than there are");
      }
      plain += length + match;
      if (plain > most) {
        throw in.malformed(FIELD, "inflates to more than the " + most + " bytes of a block");
      }
      window.put(literals.bytes(), literalAt, length);
      literalAt += length;
      window.match(in, FIELD, offset(value, length), match);
    }
    bits.requireAtStart();
    int rest = literals.size() - literalAt;
    if (rest > most - plain) {
      throw in.malformed(FIELD, "inflates to more than the " + most + " bytes of a block");
    }
    window.put(literals.bytes(), literalAt, rest);
  }

  /// Section 3.1.1.5: values up to three name one of the last offsets.
  private long offset(long value, int literalLength) {
    if (value > 3) {
      offsets[2] = offsets[1];
      offsets[1] = offsets[0];
      offsets[0] = (int) (value - 3);
      return value - 3;
    }
    int index = (int) value - (literalLength > 0 ? 1 : 0);
    int taken = index == 3 ? offsets[0] - 1 : offsets[index];
    if (index > 0) {
      if (index > 1) {
        offsets[2] = offsets[1];
      }
      offsets[1] = offsets[0];
      offsets[0] = taken;
    }
    return Integer.toUnsignedLong(taken);
  }
}
