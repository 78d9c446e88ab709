package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The literals of a compressed block, RFC 8878 section 3.1.1.3.1: as they are, one byte repeated,
/// or Huffman coded in one or four streams.
final class ZstdLiterals {
  private static final String FIELD = "zstd literals";
  private static final int LONGEST_CODE = 11;
  private static final int WEIGHT_LOG = 6;

  private final ByteCursor in;
  private byte[] bytes = new byte[0];
  private int size;
  private @Nullable Huffman tree;

  private static final class Huffman {
    private final int log;

    /// What each combination of the longest code's bits begins with.
    private final byte[] symbols;

    /// How many bits of it that takes.
    private final byte[] lengths;

    Huffman(int log, byte[] symbols, byte[] lengths) {
      this.log = log;
      this.symbols = symbols;
      this.lengths = lengths;
    }
  }

  /// @param in only says where the block was, for errors
  ZstdLiterals(ByteCursor in) {
    this.in = in;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /// Decodes the literals at the start of a block.
  ///
  /// @return index of the first byte behind them
  int decode(byte[] packed, int end, int most) throws FormatException {
    ForwardBits head = new ForwardBits(in, FIELD, packed, 0, end);
    int type = head.read(2);
    int format = head.read(2);
    if (type <= 1) {
      if ((format & 1) == 0) {
        head.unread(1);
        size = head.read(5);
      } else {
        size = format == 1 ? head.read(12) : head.read(12) | (head.read(8) << 12);
      }
      requireSize(most);
      return plain(packed, end, head.at(), type == 1);
    }
    int width =
        switch (format) {
          case 2 -> 14;
          case 3 -> 18;
          default -> 10;
        };
    size = head.read(9) | (head.read(width - 9) << 9);
    int length = head.read(9) | (head.read(width - 9) << 9);
    requireSize(most);
    int start = head.at();
    if (length > end - start) {
      throw in.malformed(FIELD, "declares " + length + " bytes but " + (end - start) + " follow");
    }
    int last = start + length;
    int streams = start;
    Huffman code = tree;
    if (type == 2) {
      ForwardBits description = new ForwardBits(in, FIELD, packed, start, last);
      code = tree(packed, description, last);
      tree = code;
      streams = description.at();
    } else if (code == null) {
      throw in.malformed(FIELD, "repeat a tree, but there was none");
    }
    if (format == 0) {
      stream(code, packed, streams, last, 0, size);
    } else {
      fourStreams(code, packed, streams, last);
    }
    return last;
  }

  private void requireSize(int most) throws FormatException {
    if (size > most) {
      throw in.malformed(FIELD, "declares " + size + " plain bytes, over " + most);
    }
    if (bytes.length < size) {
      bytes = new byte[size];
    }
  }

  private int plain(byte[] packed, int end, int start, boolean repeated) throws FormatException {
    int length = repeated ? 1 : size;
    if (length > end - start) {
      throw in.malformed(FIELD, "needs " + length + " bytes but " + (end - start) + " follow");
    }
    if (repeated) {
      Arrays.fill(bytes, 0, size, packed[start]);
    } else {
      System.arraycopy(packed, start, bytes, 0, size);
    }
    return start + length;
  }

  private void fourStreams(Huffman code, byte[] packed, int start, int end) throws FormatException {
    ForwardBits jump = new ForwardBits(in, FIELD, packed, start, end);
    int each = (size + 3) / 4;
    int from = start + 6;
    for (int i = 0; i < 4; i++) {
      int to = i == 3 ? end : from + jump.read(16);
      int plainTo = i == 3 ? size : each * (i + 1);
      if (to > end || plainTo > size) {
        throw in.malformed(FIELD, "a stream is longer than all of them");
      }
      stream(code, packed, from, to, each * i, plainTo);
      from = to;
    }
  }

  private void stream(Huffman code, byte[] packed, int from, int to, int plainFrom, int plainTo)
      throws FormatException {
    BackwardBits bits = new BackwardBits(in, FIELD, packed, from, to);
    int log = code.log;
    int mask = (1 << log) - 1;
    int window = bits.read(log);
    for (int i = plainFrom; i < plainTo; i++) {
      bytes[i] = code.symbols[window];
      int taken = code.lengths[window];
      window = ((window << taken) | bits.read(taken)) & mask;
    }
    if (bits.left() != -log) { // the look-ahead is all that was read too far
      throw in.malformed(FIELD, "a stream does not end where its bits end");
    }
  }

  /// Reads a tree description, section 4.2.1, and leaves the bits behind it.
  private Huffman tree(byte[] packed, ForwardBits description, int end) throws FormatException {
    int header = description.u8();
    byte[] weights = new byte[256];
    int count;
    if (header >= 0x80) {
      count = header - 0x7f;
      for (int i = 0; i < count; i += 2) {
        int pair = description.u8();
        weights[i] = (byte) (pair >>> 4);
        weights[i + 1] = (byte) (i + 1 < count ? pair & 0xf : 0);
      }
    } else {
      int start = description.at();
      if (header > end - start) {
        throw in.malformed(FIELD, "a tree of " + header + " bytes is not in the block");
      }
      count = weights(packed, start, start + header, weights);
      for (int i = 0; i < header; i++) {
        description.u8();
      }
    }
    return tree(weights, count);
  }

  /// Decodes weights with two interleaved states, section 4.2.1.2.
  private int weights(byte[] packed, int from, int to, byte[] weights) throws FormatException {
    ForwardBits head = new ForwardBits(in, FIELD, packed, from, to);
    FseTable table = FseTable.read(head, LONGEST_CODE + 2, WEIGHT_LOG);
    BackwardBits bits = new BackwardBits(in, FIELD, packed, head.at(), to);
    int first = bits.read(table.log());
    int second = bits.read(table.log());
    bits.requireNotPassed();
    int count = 0;
    while (true) {
      if (count > 253) {
        throw in.malformed(FIELD, "a tree of more than 255 weights");
      }
      weights[count++] = (byte) table.symbol(first);
      first = table.next(first, bits);
      if (bits.left() < 0) {
        weights[count++] = (byte) table.symbol(second);
        return count;
      }
      weights[count++] = (byte) table.symbol(second);
      second = table.next(second, bits);
      if (bits.left() < 0) {
        weights[count++] = (byte) table.symbol(first);
        return count;
      }
    }
  }

  /// Builds the tree; the last weight is what makes the sum a power of two.
  private Huffman tree(byte[] weights, int count) throws FormatException {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > LONGEST_CODE) {
        throw in.malformed(FIELD, "a tree with weight " + weights[i]);
      }
      sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
    }
    int log = 32 - Integer.numberOfLeadingZeros(sum);
    int rest = (1 << log) - sum;
    if (sum == 0 || log > LONGEST_CODE || Integer.bitCount(rest) != 1) {
      throw in.malformed(FIELD, "a tree whose weights do not add up");
    }
    weights[count] = (byte) (Integer.numberOfTrailingZeros(rest) + 1);
    byte[] symbols = new byte[1 << log];
    byte[] lengths = new byte[1 << log];
    int at = 0;
    for (int weight = 1; weight <= log; weight++) {
      for (int symbol = 0; symbol <= count; symbol++) {
        if (weights[symbol] == weight) {
          int next = at + (1 << (weight - 1));
          Arrays.fill(symbols, at, next, (byte) symbol);
          Arrays.fill(lengths, at, next, (byte) (log + 1 - weight));
          at = next;
        }
      }
    }
    return new Huffman(log, symbols, lengths);
  }
}
