package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;

/// Between which sizes the smallest of the largest differences of two tensors lies: by counting
/// sizes in buckets of a hundredth, in one pass and constant memory.
///
/// @param below what is smaller is not among the largest
/// @param above what is larger is
record Largest(double below, double above) {
  private static final int SHIFT = 16;
  private static final int BUCKETS = 1 << 15;
  private static final int PIECE = 1 << 16;

  /// @param share how many of all differences are taken, 0 to 1
  static Largest of(Tensor base, Tensor parent, double share) throws IOException {
    if (share >= 1) {
      return new Largest(-1, -0.5);
    }
    long[] counts = new long[BUCKETS];
    Decoder one = new Decoder(base);
    Decoder other = new Decoder(parent);
    float[] was = new float[PIECE];
    float[] is = new float[PIECE];
    long elements = base.elements();
    for (long at = 0; at < elements; at += PIECE) {
      int count = (int) Math.min(PIECE, elements - at);
      one.read(at, count, was, 0);
      other.read(at, count, is, 0);
      for (int i = 0; i < count; i++) {
        counts[Float.floatToRawIntBits(Math.abs(is[i] - was[i])) >>> SHIFT]++;
      }
    }
    long left = (long) (share * elements);
    int bucket = BUCKETS - 1;
    while (bucket > 0 && left > counts[bucket]) {
      left -= counts[bucket--];
    }
    // One bucket more on either side, for tools that round the differences first.
    double below = Float.intBitsToFloat(Math.max(0, bucket - 1) << SHIFT);
    double above = Float.intBitsToFloat(Math.min(BUCKETS - 1, bucket + 2) << SHIFT);
    return new Largest(below, Double.isFinite(above) ? above : Double.MAX_VALUE);
  }
}
