package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.Arrays;

/// bzip2 as Julian Seward's program writes it: blocks of at most 900,000 bytes, each run-length
/// coded, sorted (Burrows and Wheeler), moved to front and coded with two to six Huffman tables.
/// A block is decoded whole or not at all, as every reader does it.
final class Bzip2 {
  private static final long BLOCK = 0x314159265359L;
  private static final long END = 0x177245385090L;
  private static final int LONGEST_CODE = 20;
  private static final int GROUP = 50;
  private static final int MOST_SELECTORS = 18_002;
  private static final int[] CRC = crcTable();

  private final ByteCursor in;
  private final Output out;
  private final byte[] plain = new byte[1 << 13];
  private final byte[] selectors = new byte[MOST_SELECTORS];
  private int[] block = new int[0];
  private int plainSize;
  private int blockCrc;

  // At most 7 bits stay here between reads, so that the cursor is never ahead of the stream.
  private int held;
  private int heldBits;

  private Bzip2(ByteCursor in, Output out) {
    this.in = in;
    this.out = out;
  }

  static void decode(ByteCursor in, Output out) throws IOException, FormatException {
    Bzip2 bzip2 = new Bzip2(in, out);
    do {
      bzip2.stream();
    } while (bzip2.startsStream());
  }

  private boolean startsStream() throws IOException, FormatException {
    if (in.remaining() < 4) {
      return false;
    }
    long here = in.position();
    boolean starts = (in.u32("bzip2 magic") & 0xff_ffff) == ('B' | ('Z' << 8) | ('h' << 16));
    in.seek(here);
    return starts;
  }

  private void stream() throws IOException, FormatException {
    if (bits(24) != 0x425a68) {
      throw in.malformed("bzip2 magic", "is not BZh");
    }
    int level = bits(8) - '0';
    if (level < 1 || level > 9) {
      throw in.malformed("bzip2 block size", "is not a digit from 1 to 9");
    }
    int most = level * 100_000;
    int crc = 0;
    while (true) {
      long magic = ((long) bits(24) << 24) | bits(24);
      if (magic == END) {
        break;
      }
      if (magic != BLOCK) {
        throw in.malformed("bzip2 block", "begins with neither a block nor the end of the stream");
      }
      int declared = (bits(16) << 16) | bits(16);
      int found = block(most);
      crc = ((crc << 1) | (crc >>> 31)) ^ found;
      if (declared != found) {
        out.failed(
            in.malformed(
                "bzip2 block CRC", String.format("declares %08x but is %08x", declared, found)));
      }
    }
    int declared = (bits(16) << 16) | bits(16);
    heldBits = 0; // the stream ends on a whole byte
    if (declared != crc) {
      out.failed(
          in.malformed(
              "bzip2 stream CRC", String.format("declares %08x but is %08x", declared, crc)));
    }
  }

  /// Decodes a block.
  ///
  /// @return its CRC
  private int block(int most) throws IOException, FormatException {
    boolean randomised = bits(1) == 1;
    if (randomised) {
      throw new FormatException.Unsupported(
          in.where("bzip2 block"), in.position(), "a randomised block, as bzip2 0.9.0 wrote it");
    }
    int origin = bits(24);
    byte[] symbols = symbols();
    int tables = bits(3);
    if (tables < 2 || tables > 6) {
      throw in.malformed("bzip2 tables", "are " + tables + ", not 2 to 6");
    }
    int groups = selectors(tables);
    Table[] codes = new Table[tables];
    for (int i = 0; i < tables; i++) {
      codes[i] = table(symbols.length + 2);
    }
    int size = sorted(symbols, codes, groups, most);
    if (origin >= size) {
      throw in.malformed("bzip2 origin", "is " + origin + " in a block of " + size);
    }
    unsort(size);
    return expand(origin, size);
  }

  private byte[] symbols() throws IOException, FormatException {
    int ranges = bits(16);
    byte[] used = new byte[256];
    int count = 0;
    for (int i = 0; i < 16; i++) {
      if ((ranges & (0x8000 >>> i)) != 0) {
        int members = bits(16);
        for (int j = 0; j < 16; j++) {
          if ((members & (0x8000 >>> j)) != 0) {
            used[count++] = (byte) (16 * i + j);
          }
        }
      }
    }
    if (count == 0) {
      throw in.malformed("bzip2 symbols", "no byte is used");
    }
    return Arrays.copyOf(used, count);
  }

  private int selectors(int tables) throws IOException, FormatException {
    int declared = bits(15);
    if (declared == 0) {
      throw in.malformed("bzip2 selectors", "there are none");
    }
    int[] front = {0, 1, 2, 3, 4, 5};
    for (int i = 0; i < declared; i++) {
      int index = 0;
      while (bits(1) == 1) {
        if (++index >= tables) {
          throw in.malformed("bzip2 selector", "names table " + index + " of " + tables);
        }
      }
      int taken = front[index];
      System.arraycopy(front, 0, front, 1, index);
      front[0] = taken;
      if (i < MOST_SELECTORS) { // some writers add superfluous ones; bzip2 1.0.8 ignores them too
        selectors[i] = (byte) taken;
      }
    }
    return Math.min(declared, MOST_SELECTORS);
  }

  /// A canonical Huffman code.
  private static final class Table {
    private final int shortest;

    /// The last code of each length; before the first where there is none.
    private final int[] limit;

    /// What to take from a code of each length to get an index into the symbols.
    private final int[] base;

    private final int[] symbols;

    Table(int shortest, int[] limit, int[] base, int[] symbols) {
      this.shortest = shortest;
      this.limit = limit;
      this.base = base;
      this.symbols = symbols;
    }
  }

  private Table table(int count) throws IOException, FormatException {
    int[] lengths = new int[count];
    int length = bits(5);
    for (int i = 0; i < count; i++) {
      while (true) {
        if (length < 1 || length > LONGEST_CODE) {
          throw in.malformed("bzip2 code length", "is " + length + ", not 1 to " + LONGEST_CODE);
        }
        if (bits(1) == 0) {
          break;
        }
        length += bits(1) == 0 ? 1 : -1;
      }
      lengths[i] = length;
    }
    int[] ofLength = new int[LONGEST_CODE + 1];
    int shortest = LONGEST_CODE;
    for (int each : lengths) {
      ofLength[each]++;
      shortest = Math.min(shortest, each);
    }
    int[] symbols = new int[count];
    int next = 0;
    for (int each = 1; each <= LONGEST_CODE; each++) {
      for (int i = 0; i < count && ofLength[each] > 0; i++) {
        if (lengths[i] == each) {
          symbols[next++] = i;
        }
      }
    }
    int[] limit = new int[LONGEST_CODE + 1];
    int[] base = new int[LONGEST_CODE + 1];
    int code = 0;
    int index = 0;
    for (int each = 1; each <= LONGEST_CODE; each++) {
      base[each] = code - index;
      code += ofLength[each];
      index += ofLength[each];
      limit[each] = code - 1;
      code <<= 1;
    }
    return new Table(shortest, limit, base, symbols);
  }

  private int symbol(Table table) throws IOException, FormatException {
    int length = table.shortest;
    int code = bits(length);
    while (code > table.limit[length]) {
      if (++length > LONGEST_CODE) {
        throw in.malformed("bzip2 code", "is not in its table");
      }
      code = (code << 1) | bits(1);
    }
    int index = code - table.base[length];
    if (index < 0 || index >= table.symbols.length) {
      throw in.malformed("bzip2 code", "is not in its table");
    }
    return table.symbols[index];
  }

  /// Decodes the sorted block into the low bytes of `block`.
  ///
  /// @return its size
  private int sorted(byte[] symbols, Table[] tables, int groups, int most)
      throws IOException, FormatException {
    int end = symbols.length + 1;
    int size = 0;
    int run = 0;
    int weight = 1;
    int group = -1;
    int left = 0;
    Table table = tables[0];
    while (true) {
      if (left == 0) {
        if (++group >= groups) {
          throw in.malformed("bzip2 block", "is longer than its selectors");
        }
        left = GROUP;
        table = tables[selectors[group]];
      }
      left--;
      int symbol = symbol(table);
      if (symbol <= 1) { // digits of a run of the front symbol, in bijective base 2
        if (weight > most) {
          throw in.malformed("bzip2 run", "is longer than a block");
        }
        run += weight << symbol;
        weight <<= 1;
        continue;
      }
      if (run > 0) {
        size = put(symbols[0], run, size, most);
        run = 0;
        weight = 1;
      }
      if (symbol == end) {
        return size;
      }
      byte taken = symbols[symbol - 1];
      System.arraycopy(symbols, 0, symbols, 1, symbol - 1);
      symbols[0] = taken;
      size = put(taken, 1, size, most);
    }
  }

  private int put(byte value, int count, int size, int most) throws FormatException {
    if (count > most - size) {
      throw in.malformed("bzip2 block", "is longer than the " + most + " bytes of a block");
    }
    if (block.length < size + count) {
      block = Arrays.copyOf(block, Math.clamp(2L * (size + count), 1 << 12, most));
    }
    Arrays.fill(block, size, size + count, value & 0xff);
    return size + count;
  }

  /// Puts the index of each byte's successor above the byte.
  private void unsort(int size) {
    int[] start = new int[257];
    for (int i = 0; i < size; i++) {
      start[(block[i] & 0xff) + 1]++;
    }
    for (int i = 1; i <= 256; i++) {
      start[i] += start[i - 1];
    }
    for (int i = 0; i < size; i++) {
      block[start[block[i] & 0xff]++] |= i << 8;
    }
  }

  /// Follows the successors and expands the outer runs: four equal bytes are followed by a count.
  private int expand(int origin, int size) throws IOException, FormatException {
    blockCrc = -1;
    int next = block[origin] >>> 8;
    int previous = -1;
    int equal = 0;
    for (int i = 0; i < size; i++) {
      int entry = block[next];
      int value = entry & 0xff;
      next = entry >>> 8;
      if (equal == 4) {
        for (int j = 0; j < value; j++) {
          emit(previous);
        }
        equal = 0;
        previous = -1;
        continue;
      }
      equal = value == previous ? equal + 1 : 1;
      previous = value;
      emit(value);
    }
    out.write(plain, 0, plainSize);
    plainSize = 0;
    return ~blockCrc;
  }

  private void emit(int value) throws IOException, FormatException {
    if (plainSize == plain.length) {
      plainSize = 0;
      out.write(plain, 0, plain.length);
    }
    plain[plainSize++] = (byte) value;
    blockCrc = (blockCrc << 8) ^ CRC[(blockCrc >>> 24) ^ value];
  }

  /// Reads up to 24 bits, highest first.
  private int bits(int count) throws IOException, FormatException {
    int value = held;
    int have = heldBits;
    while (have < count) {
      value = (value << 8) | in.u8("bzip2 data");
      have += 8;
    }
    heldBits = have - count;
    held = value & ((1 << heldBits) - 1);
    return value >>> heldBits;
  }

  private static int[] crcTable() {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value < 0 ? (value << 1) ^ 0x04c1_1db7 : value << 1;
      }
      table[i] = value;
    }
    return table;
  }
}
