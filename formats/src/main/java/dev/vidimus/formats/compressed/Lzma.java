package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.Arrays;

/// The LZMA decoder of the LZMA specification (Igor Pavlov, 2015; in the LZMA SDK): a range coder
/// over adaptive bit models, three kinds of match and a literal coder that knows its neighbours.
final class Lzma {
  private static final int STATES = 12;
  private static final int POSITIONS = 1 << 4;
  private static final int END_POSITION_MODEL = 14;
  private static final int DISTANCE_MODELS = 1 << 7;
  private static final int SHORTEST_MATCH = 2;
  private static final String FIELD = "lzma data";

  private final ByteCursor in;
  private final Window window;
  private final RangeDecoder range;
  private int literalContext;
  private int literalPositionMask;
  private int positionMask;

  private final short[] isMatch = new short[STATES * POSITIONS];
  private final short[] isRepeat = new short[STATES];
  private final short[] isRepeat0 = new short[STATES];
  private final short[] isRepeat1 = new short[STATES];
  private final short[] isRepeat2 = new short[STATES];
  private final short[] isLongRepeat0 = new short[STATES * POSITIONS];
  private final short[] slots = new short[4 * 64];
  private final short[] distances = new short[1 + DISTANCE_MODELS - END_POSITION_MODEL];
  private final short[] align = new short[16];
  private final Lengths matchLengths = new Lengths();
  private final Lengths repeatLengths = new Lengths();
  private short[] literals = new short[0];

  private int state;
  // Distances less one, as the format counts them; unsigned 32 bits.
  private int repeat0;
  private int repeat1;
  private int repeat2;
  private int repeat3;

  /// What is left of a match that the end of an LZMA2 chunk cut.
  private int pending;

  Lzma(ByteCursor in, Window window, int properties) throws FormatException {
    this.in = in;
    this.window = window;
    this.range = new RangeDecoder(in, FIELD);
    properties(properties);
  }

  /// Sets new properties and forgets everything learned.
  void properties(int properties) throws FormatException {
    if (properties >= 9 * 5 * 5) {
      throw in.malformed("lzma properties", "are " + properties + ", not below 225");
    }
    literalContext = properties % 9;
    int rest = properties / 9;
    literalPositionMask = (1 << (rest % 5)) - 1;
    positionMask = (1 << (rest / 5)) - 1;
    literals = new short[0x300 << (literalContext + rest % 5)];
    resetState();
  }

  /// Forgets everything learned.
  void resetState() {
    for (short[] models :
        new short[][] {
          isMatch,
          isRepeat,
          isRepeat0,
          isRepeat1,
          isRepeat2,
          isLongRepeat0,
          slots,
          distances,
          align,
          literals
        }) {
      RangeDecoder.reset(models);
    }
    matchLengths.reset();
    repeatLengths.reset();
    state = 0;
    repeat0 = 0;
    repeat1 = 0;
    repeat2 = 0;
    repeat3 = 0;
    pending = 0;
  }

  /// Decodes a whole stream.
  ///
  /// @param size plain bytes, or -1 if an end marker ends it
  void decodeStream(long size) throws IOException, FormatException {
    try {
      range.start();
      boolean ended = decode(size < 0 ? Long.MAX_VALUE : size);
      if (!ended && size < 0) {
        throw in.malformed(FIELD, "the stream has no end marker");
      }
      // A stream of known size may have the marker too; it then follows at once.
      if (!ended && !range.isFinished()) {
        endMarker();
      }
    } catch (FormatException e) {
      window.flush();
      throw e;
    }
    window.flush();
  }

  private void endMarker() throws IOException, FormatException {
    int position = (int) window.total() & positionMask;
    if (pending > 0
        || range.bit(isMatch, state * POSITIONS + position) == 0
        || range.bit(isRepeat, state) != 0
        || distance(matchLengths.decode(range, position)) != -1) {
      throw in.malformed(FIELD, "goes on after the declared size");
    }
    range.normalize();
  }

  /// Decodes one LZMA2 chunk of known sizes.
  void decodeChunk(int size) throws IOException, FormatException {
    range.start();
    if (decode(size)) {
      throw in.malformed(FIELD, "an end marker inside an LZMA2 chunk");
    }
  }

  /// Decodes that many bytes.
  ///
  /// @return true if an end marker came first
  private boolean decode(long size) throws IOException, FormatException {
    long left = size;
    if (pending > 0) {
      int part = (int) Math.min(pending, left);
      window.match(in, FIELD, distance(), part);
      pending -= part;
      left -= part;
    }
    while (left > 0) {
      int position = (int) window.total() & positionMask;
      if (range.bit(isMatch, state * POSITIONS + position) == 0) {
        literal();
        left--;
        continue;
      }
      int length;
      if (range.bit(isRepeat, state) == 0) {
        repeat3 = repeat2;
        repeat2 = repeat1;
        repeat1 = repeat0;
        length = matchLengths.decode(range, position);
        state = state < 7 ? 7 : 10;
        repeat0 = distance(length);
        if (repeat0 == -1) {
          range.normalize();
          return true;
        }
      } else if (range.bit(isRepeat0, state) == 0) {
        if (range.bit(isLongRepeat0, state * POSITIONS + position) == 0) {
          state = state < 7 ? 9 : 11;
          window.match(in, FIELD, distance(), 1);
          left--;
          continue;
        }
        length = repeatLengths.decode(range, position);
        state = state < 7 ? 8 : 11;
      } else {
        rotate();
        length = repeatLengths.decode(range, position);
        state = state < 7 ? 8 : 11;
      }
      length += SHORTEST_MATCH;
      int part = (int) Math.min(length, left);
      window.match(in, FIELD, distance(), part);
      left -= part;
      pending = length - part;
    }
    range.normalize();
    return false;
  }

  private long distance() {
    return Integer.toUnsignedLong(repeat0) + 1;
  }

  private void rotate() throws IOException, FormatException {
    int taken;
    if (range.bit(isRepeat1, state) == 0) {
      taken = repeat1;
    } else {
      if (range.bit(isRepeat2, state) == 0) {
        taken = repeat2;
      } else {
        taken = repeat3;
        repeat3 = repeat2;
      }
      repeat2 = repeat1;
    }
    repeat1 = repeat0;
    repeat0 = taken;
  }

  private void literal() throws IOException, FormatException {
    int before = window.back(1);
    int context =
        (((int) window.total() & literalPositionMask) << literalContext)
            + (before >>> (8 - literalContext));
    int base = 0x300 * context;
    int symbol = 1;
    if (state >= 7) {
      int match = window.back((int) Math.min(distance(), Integer.MAX_VALUE));
      do {
        int matchBit = (match >>> 7) & 1;
        match <<= 1;
        int bit = range.bit(literals, base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit != bit) {
          break;
        }
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) {
      symbol = (symbol << 1) | range.bit(literals, base + symbol);
    }
    window.put(symbol);
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  private int distance(int length) throws IOException, FormatException {
    int slot = range.tree(slots, Math.min(length, 3) * 64, 6);
    if (slot < 4) {
      return slot;
    }
    int bits = (slot >>> 1) - 1;
    int value = (2 | (slot & 1)) << bits;
    if (slot < END_POSITION_MODEL) {
      return value + range.reverseTree(distances, value - slot, bits);
    }
    return value + (range.direct(bits - 4) << 4) + range.reverseTree(align, 0, 4);
  }

  /// The coder of match lengths less two.
  private static final class Lengths {
    private final short[] choice = new short[2];
    private final short[] low = new short[POSITIONS * 8];
    private final short[] middle = new short[POSITIONS * 8];
    private final short[] high = new short[256];

    void reset() {
      RangeDecoder.reset(choice);
      RangeDecoder.reset(low);
      RangeDecoder.reset(middle);
      RangeDecoder.reset(high);
    }

    int decode(RangeDecoder range, int position) throws IOException, FormatException {
      if (range.bit(choice, 0) == 0) {
        return range.tree(low, position * 8, 3);
      }
      if (range.bit(choice, 1) == 0) {
        return 8 + range.tree(middle, position * 8, 3);
      }
      return 16 + range.tree(high, 0, 8);
    }
  }

  /// The range coder of LZMA: 11-bit adaptive models, 32-bit range.
  private static final class RangeDecoder {
    private static final int MODEL_BITS = 11;
    private static final int MOVE_BITS = 5;
    private static final int TOP = 1 << 24;

    private final ByteCursor in;
    private final String field;
    private int width;
    private int code;

    RangeDecoder(ByteCursor in, String field) {
      this.in = in;
      this.field = field;
    }

    static void reset(short[] models) {
      Arrays.fill(models, (short) (1 << (MODEL_BITS - 1)));
    }

    void start() throws IOException, FormatException {
      if (in.u8(field) != 0) {
        throw in.malformed(field, "the range coder does not begin with 0");
      }
      code = (int) in.u32Big(field);
      width = -1;
    }

    /// True at a code that ends a stream of known size.
    boolean isFinished() {
      return code == 0;
    }

    void normalize() throws IOException, FormatException {
      if (Integer.compareUnsigned(width, TOP) < 0) {
        width <<= 8;
        code = (code << 8) | in.u8(field);
      }
    }

    int bit(short[] models, int index) throws IOException, FormatException {
      normalize();
      int model = models[index];
      int bound = (width >>> MODEL_BITS) * model;
      if (Integer.compareUnsigned(code, bound) < 0) {
        width = bound;
        models[index] = (short) (model + (((1 << MODEL_BITS) - model) >> MOVE_BITS));
        return 0;
      }
      width -= bound;
      code -= bound;
      models[index] = (short) (model - (model >> MOVE_BITS));
      return 1;
    }

    int direct(int bits) throws IOException, FormatException {
      int value = 0;
      for (int i = 0; i < bits; i++) {
        normalize();
        width >>>= 1;
        int bit = Integer.compareUnsigned(code, width) < 0 ? 0 : 1;
        if (bit == 1) {
          code -= width;
        }
        value = (value << 1) | bit;
      }
      return value;
    }

    int tree(short[] models, int base, int bits) throws IOException, FormatException {
      int symbol = 1;
      for (int i = 0; i < bits; i++) {
        symbol = (symbol << 1) | bit(models, base + symbol);
      }
      return symbol - (1 << bits);
    }

    int reverseTree(short[] models, int base, int bits) throws IOException, FormatException {
      int node = 1;
      int value = 0;
      for (int i = 0; i < bits; i++) {
        int bit = bit(models, base + node);
        node = (node << 1) | bit;
        value |= bit << i;
      }
      return value;
    }
  }
}
