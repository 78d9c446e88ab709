package dev.vidimus.artifact.digest;

import static dev.vidimus.artifact.digest.Sha256Rounds.BLOCK;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What the loops of [VectorLanes] are made of: the same word of each lane in one register.
final class VectorWords {
  /// A constant, because the compiler needs to know the width: 16 lanes with AVX-512, 8 with AVX2.
  /// The system property `vidimus.lanes` narrows it for tests.
  static final VectorSpecies<Integer> SPECIES =
      Math.min(IntVector.SPECIES_PREFERRED.length(), Integer.getInteger("vidimus.lanes", 16)) >= 16
          ? IntVector.SPECIES_512
          : IntVector.SPECIES_256;

  static final int COUNT = SPECIES.length();

  /// Whether one block of a stream fills one vector, so that vectors can transpose them.
  static final boolean BLOCK_A_VECTOR = COUNT * Integer.BYTES == BLOCK;

  /// What interleaves two vectors: of the lower halves, and of the upper.
  private static final IntVector LOWER = interleaving(0);

  private static final IntVector UPPER = interleaving(COUNT / 2);

  private VectorWords() {}

  /// The block of a lane, one word after the other.
  static IntVector row(byte[][] input, int[] at, int offset, int lane) {
    return ByteVector.fromArray(ByteVector.SPECIES_512, input[lane], at[lane] + offset)
        .reinterpretAsInts()
        .lanewise(VectorOperators.REVERSE_BYTES);
  }

  /// Two of the four shuffles that transpose 16 rows: each interleaves row `i` with row `i + 8`.
  static void interleave(
      IntVector i0, IntVector i4, IntVector i8, IntVector i12, int[] to, int at) {
    IntVector a = LOWER.selectFrom(i0, i8);
    IntVector b = UPPER.selectFrom(i0, i8);
    IntVector c = LOWER.selectFrom(i4, i12);
    IntVector d = UPPER.selectFrom(i4, i12);
    LOWER.selectFrom(a, c).intoArray(to, at);
    UPPER.selectFrom(a, c).intoArray(to, at + COUNT);
    LOWER.selectFrom(b, d).intoArray(to, at + 2 * COUNT);
    UPPER.selectFrom(b, d).intoArray(to, at + 3 * COUNT);
  }

  private static IntVector interleaving(int from) {
    int[] indexes = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      indexes[i] = from + i / 2 + i % 2 * COUNT;
    }
    return IntVector.fromArray(SPECIES, indexes, 0);
  }

  /// The word at an index, of every lane.
  static IntVector word(int[] words, int index) {
    return IntVector.fromArray(SPECIES, words, index * COUNT);
  }

  static IntVector xor(IntVector x, IntVector y, IntVector z) {
    return x.lanewise(VectorOperators.XOR, y).lanewise(VectorOperators.XOR, z);
  }

  static IntVector ror(IntVector x, int bits) {
    return x.lanewise(VectorOperators.ROR, bits);
  }
}
