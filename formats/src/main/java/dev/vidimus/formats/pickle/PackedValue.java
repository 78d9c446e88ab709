package dev.vidimus.formats.pickle;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.pickle.Value.Kind;

/// Plain data in one `long`, because a pickle holds millions of such values and none of them
/// matters but by its kind and place. From the lowest bit: kind (6 bits), whether a text begins
/// with `__` (1), weight of a tuple as its logarithm in sixteenths (12), payload (45, signed).
///
/// The payload is the number of an `INT`, number and serial of a `TUPLE`, otherwise the offset of
/// the opcode. Zero is no value.
final class PackedValue {
  static final int NONE = 1;
  static final int TRUE = 2;
  static final int FALSE = 3;
  static final int INT = 4;
  static final int LONG = 5;
  static final int FLOAT = 6;
  static final int TEXT = 7;
  static final int STRING = 8;
  static final int BYTES = 9;
  static final int BYTEARRAY = 10;
  static final int TUPLE = 11;

  /// The value is the node beside the bits.
  static final int NODE = 12;

  private static final int KIND_MASK = 0x3f;
  private static final long DUNDER = 1L << 6;
  private static final int WEIGHT_SHIFT = 7;
  private static final int WEIGHT_MASK = 0xfff;
  private static final int PAYLOAD_SHIFT = 19;
  private static final int ARITY_BITS = 8;
  private static final int ARITY_MASK = (1 << ARITY_BITS) - 1;
  private static final double STEPS = 16 / Math.log(2);

  private static final Kind[] KINDS = {
    Kind.NONE, // zero is never asked for
    Kind.NONE,
    Kind.TRUE,
    Kind.FALSE,
    Kind.INT,
    Kind.LONG,
    Kind.FLOAT,
    Kind.TEXT,
    Kind.STRING,
    Kind.BYTES,
    Kind.BYTEARRAY,
    Kind.TUPLE
  };

  /// Logarithms of small weights, because millions of tuples hold two or three numbers.
  private static final byte[] SMALL_STEPS = new byte[20];

  static {
    for (int weight = 1; weight < SMALL_STEPS.length; weight++) {
      SMALL_STEPS[weight] = (byte) steps(weight);
    }
  }

  private PackedValue() {}

  private static int steps(double weight) {
    return (int) Math.min(WEIGHT_MASK, Math.log(weight) * STEPS);
  }

  static long of(int kind, long payload) {
    return kind | (payload << PAYLOAD_SHIFT);
  }

  static long text(int kind, long offset, boolean isDunder) {
    return of(kind, offset) | (isDunder ? DUNDER : 0);
  }

  /// A tuple of plain data.
  ///
  /// @param arity number of elements; more than 255 counts as 255
  /// @param weight of all elements and the tuple
  /// @param serial tells recent tuples apart
  static long tuple(int arity, double weight, long serial) {
    int steps = weight < SMALL_STEPS.length ? SMALL_STEPS[(int) weight] : steps(weight);
    long payload = (serial << ARITY_BITS) | Math.min(arity, ARITY_MASK);
    return of(TUPLE, payload) | ((long) steps << WEIGHT_SHIFT);
  }

  static int kind(long bits) {
    return (int) bits & KIND_MASK;
  }

  static boolean isDunder(long bits) {
    return (bits & DUNDER) != 0;
  }

  static long payload(long bits) {
    return bits >> PAYLOAD_SHIFT;
  }

  static long serial(long bits) {
    return payload(bits) >> ARITY_BITS;
  }

  static boolean fitsInt(long number) {
    return number >= -(1L << 44) && number < 1L << 44;
  }

  /// 1 for everything but a tuple.
  static double weight(long bits) {
    int steps = (int) (bits >> WEIGHT_SHIFT) & WEIGHT_MASK;
    return steps == 0 ? 1 : Math.exp(steps / STEPS);
  }

  static Value.Data data(long bits, Bytes source) {
    int kind = kind(bits);
    long number = kind == TUPLE ? payload(bits) & ARITY_MASK : payload(bits);
    return new Value.Data(KINDS[kind], number, weight(bits), source);
  }
}
