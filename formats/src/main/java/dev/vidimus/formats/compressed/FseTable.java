package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.FormatException;

/// A decoding table of Finite State Entropy, RFC 8878 section 4.1: a state says a symbol, and how
/// many bits lead from which base to the next state.
final class FseTable {
  private static final int LEAST_LOG = 5;

  private final int log;
  private final byte[] symbols;
  private final byte[] bits;
  private final short[] bases;

  private FseTable(int log, byte[] symbols, byte[] bits, short[] bases) {
    this.log = log;
    this.symbols = symbols;
    this.bits = bits;
    this.bases = bases;
  }

  /// Binary logarithm of the number of states.
  int log() {
    return log;
  }

  int symbol(int state) {
    return symbols[state];
  }

  int next(int state, BackwardBits in) {
    return bases[state] + in.read(bits[state]);
  }

  /// A table of one state, which takes no bits.
  static FseTable ofOne(int symbol) {
    return new FseTable(0, new byte[] {(byte) symbol}, new byte[1], new short[1]);
  }

  /// Reads a distribution, section 4.1.1, and leaves the bits at a whole byte.
  ///
  /// @param most symbols that may have a probability
  static FseTable read(ForwardBits in, int most, int mostLog) throws FormatException {
    int log = in.read(4) + LEAST_LOG;
    if (log > mostLog) {
      throw in.malformed("has a table of 2^" + log + " states, over 2^" + mostLog);
    }
    short[] counts = new short[most];
    int left = 1 << log;
    int symbol = 0;
    while (left > 0) {
      if (symbol >= most) {
        throw in.malformed("has a table of more than " + most + " symbols");
      }
      int count = count(in, left) - 1;
      left -= Math.abs(count);
      if (left < 0) {
        throw in.malformed("has a table whose counts exceed its states");
      }
      counts[symbol++] = (short) count;
      if (count == 0) {
        int zeros;
        do {
          zeros = in.read(2);
          symbol += zeros;
        } while (zeros == 3);
      }
    }
    in.align();
    if (symbol > most) {
      throw in.malformed("has a table of more than " + most + " symbols");
    }
    return of(counts, symbol, log);
  }

  /// Reads a count plus one: small values take one bit less, so that none is wasted.
  private static int count(ForwardBits in, int left) throws FormatException {
    int width = 32 - Integer.numberOfLeadingZeros(left + 1);
    int value = in.read(width);
    int mask = (1 << (width - 1)) - 1;
    int threshold = (1 << width) - 1 - (left + 1);
    if ((value & mask) < threshold) {
      in.unread(1);
      return value & mask;
    }
    return value > mask ? value - threshold : value;
  }

  /// Builds the table of a distribution that sums up to the number of states.
  static FseTable of(short[] counts, int symbols, int log) {
    int size = 1 << log;
    byte[] spread = new byte[size];
    int[] next = new int[symbols];
    int high = size;
    for (int symbol = 0; symbol < symbols; symbol++) {
      if (counts[symbol] == -1) {
        spread[--high] = (byte) symbol;
        next[symbol] = 1;
      }
    }
    int step = (size >>> 1) + (size >>> 3) + 3;
    int at = 0;
    for (int symbol = 0; symbol < symbols; symbol++) {
      if (counts[symbol] > 0) {
        next[symbol] = counts[symbol];
        for (int i = 0; i < counts[symbol]; i++) {
          spread[at] = (byte) symbol;
          do {
            at = (at + step) & (size - 1);
          } while (at >= high);
        }
      }
    }
    byte[] bits = new byte[size];
    short[] bases = new short[size];
    for (int state = 0; state < size; state++) {
      int value = next[spread[state]]++;
      bits[state] = (byte) (log - (31 - Integer.numberOfLeadingZeros(value)));
      bases[state] = (short) ((value << bits[state]) - size);
    }
    return new FseTable(log, spread, bits, bases);
  }
}
