package dev.vidimus.lineage.loops;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The same loops in vectors of 512 bits. Its class needs the module `jdk.incubator.vector`, so
/// nobody names it but [KernelChoice].
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES_16 = ByteVector.SPECIES_128;
  private static final VectorSpecies<Byte> BYTES_32 = ByteVector.SPECIES_256;

  /// Whether this CPU has registers of that width.
  static boolean isSupported() {
    return FloatVector.SPECIES_PREFERRED.length() >= LANES;
  }

  @Override
  public void widenBf16(short[] from, float[] to, int at, int count) {
    int end = count - count % LANES;
    for (int i = 0; i < end; i += LANES) {
      IntVector wide =
          (IntVector)
              ShortVector.fromArray(SHORTS, from, i).convertShape(VectorOperators.S2I, INTS, 0);
      wide.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(to, at + i);
    }
    for (int i = end; i < count; i++) {
      to[at + i] = Float.intBitsToFloat(from[i] << 16);
    }
  }

  @Override
  public void toBf16(float[] from, short[] to, int count) {
    int end = count - count % LANES;
    for (int i = 0; i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, from, i).reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      IntVector rounded = bits.add(0x7fff).add(odd).lanewise(VectorOperators.LSHR, 16);
      ((ShortVector) rounded.convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(to, i);
    }
    for (int i = end; i < count; i++) {
      int bits = Float.floatToRawIntBits(from[i]);
      to[i] = (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
  }

  @Override
  public int differingQ8(float[] x, byte[] blocks, int block, int end) {
    for (int b = block; b < end; b++) {
      if (!isQ8(x, 32 * b, blocks, 34 * b)) {
        return b;
      }
    }
    return end;
  }

  private static boolean isQ8(float[] x, int from, byte[] block, int at) {
    FloatVector first = FloatVector.fromArray(FLOATS, x, from);
    FloatVector second = FloatVector.fromArray(FLOATS, x, from + LANES);
    float most = first.abs().max(second.abs()).reduceLanes(VectorOperators.MAX);
    float d = most / 127;
    float inverse = d == 0 ? 0 : 1 / d;
    float stored = Halves.at(block, at);
    if (Float.float16ToFloat(Float.floatToFloat16(d)) != stored || !Float.isFinite(stored)) {
      return false;
    }
    IntVector low = levels(first, inverse).lanewise(VectorOperators.XOR, stored(block, at + 2));
    IntVector high =
        levels(second, inverse).lanewise(VectorOperators.XOR, stored(block, at + 2 + LANES));
    return !low.or(high).compare(VectorOperators.NE, 0).anyTrue();
  }

  /// Half away from zero: half of the value's sign is added, and the rest cut off.
  private static IntVector levels(FloatVector x, float inverse) {
    FloatVector v = x.mul(inverse);
    IntVector half = v.reinterpretAsInts().and(0x8000_0000).or(0x3f00_0000);
    return (IntVector) v.add(half.reinterpretAsFloats()).convert(VectorOperators.F2I, 0);
  }

  private static IntVector stored(byte[] block, int at) {
    return (IntVector)
        ByteVector.fromArray(BYTES_16, block, at).convertShape(VectorOperators.B2I, INTS, 0);
  }

  @Override
  public void nibbles(byte[] in, int at, byte[] level) {
    for (int pair = 0; pair < 4; pair++) {
      ByteVector both = ByteVector.fromArray(BYTES_32, in, at + 32 * pair);
      both.and((byte) 15).intoArray(level, 64 * pair);
      both.lanewise(VectorOperators.LSHR, 4).and((byte) 15).intoArray(level, 64 * pair + 32);
    }
  }

  @Override
  public int superblock(
      float[] x,
      int from,
      byte[] level,
      float[] step,
      float[] minimum,
      int sub,
      float[] sums,
      float[] extremes) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int outside = 0;
    for (int s = 0; s < step.length; s++) {
      float d = step[s];
      float less = minimum[s];
      float limit = (0.5f + SLACK) * Math.abs(d);
      FloatVector least = FloatVector.zero(FLOATS);
      FloatVector most = least;
      for (int at = s * sub; at < (s + 1) * sub; at += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, x, from + at);
        FloatVector l =
            (FloatVector)
                ByteVector.fromArray(BYTES_16, level, at)
                    .convertShape(VectorOperators.B2F, FLOATS, 0);
        FloatVector r = v.add(less).sub(l.mul(d));
        sum = sum.add(r.mul(r));
        least = least.min(v);
        most = most.max(v);
        outside |= r.abs().compare(VectorOperators.GT, limit).anyTrue() ? 1 << s : 0;
      }
      extremes[2 * s] = least.reduceLanes(VectorOperators.MIN);
      extremes[2 * s + 1] = most.reduceLanes(VectorOperators.MAX);
    }
    sum.intoArray(sums, 0);
    return outside;
  }
}
