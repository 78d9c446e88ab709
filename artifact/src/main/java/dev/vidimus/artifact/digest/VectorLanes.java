package dev.vidimus.artifact.digest;

import static dev.vidimus.artifact.digest.Sha256Rounds.BLOCK;
import static dev.vidimus.artifact.digest.Sha256Rounds.K;
import static dev.vidimus.artifact.digest.Sha256Rounds.ROUNDS;
import static dev.vidimus.artifact.digest.Sha256Rounds.WORD;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// SHA-256 in the lanes of one vector register for each working variable.
///
/// Both loops stay rolled and the methods small: unrolled by hand, the compiler gives up inlining,
/// boxes every vector, and the speed falls to a fiftieth.
final class VectorLanes implements Lanes {
  /// A constant, because the compiler needs to know the width: 16 lanes with AVX-512, 8 with AVX2.
  /// The system property `vidimus.lanes` narrows it for tests.
  private static final VectorSpecies<Integer> SPECIES =
      Math.min(IntVector.SPECIES_PREFERRED.length(), Integer.getInteger("vidimus.lanes", 16)) >= 16
          ? IntVector.SPECIES_512
          : IntVector.SPECIES_256;

  private static final int COUNT = SPECIES.length();

  private final int[] w = new int[ROUNDS * COUNT];

  /// Lanes that this CPU has registers for, or 0 if its vectors are too narrow to be worth it.
  static int supported() {
    return IntVector.SPECIES_PREFERRED.length() >= 8 ? COUNT : 0;
  }

  @Override
  public int count() {
    return COUNT;
  }

  @Override
  public void compress(int[] state, byte[][] input, int[] at, int blocks) {
    for (int block = 0; block < blocks; block++) {
      for (int lane = 0; lane < COUNT; lane++) {
        transpose(input[lane], at[lane] + block * BLOCK, lane, w);
      }
      schedule(w);
      rounds(state, w);
    }
  }

  private static void transpose(byte[] input, int at, int lane, int[] w) {
    for (int t = 0; t < 16; t++) {
      w[t * COUNT + lane] = (int) WORD.get(input, at + t * Integer.BYTES);
    }
  }

  private static void schedule(int[] w) {
    for (int t = 16 * COUNT; t < ROUNDS * COUNT; t += COUNT) {
      IntVector x = IntVector.fromArray(SPECIES, w, t - 15 * COUNT);
      IntVector y = IntVector.fromArray(SPECIES, w, t - 2 * COUNT);
      IntVector s0 =
          ror(x, 7)
              .lanewise(VectorOperators.XOR, ror(x, 18))
              .lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 3));
      IntVector s1 =
          ror(y, 17)
              .lanewise(VectorOperators.XOR, ror(y, 19))
              .lanewise(VectorOperators.XOR, y.lanewise(VectorOperators.LSHR, 10));
      IntVector.fromArray(SPECIES, w, t - 16 * COUNT)
          .add(s0)
          .add(IntVector.fromArray(SPECIES, w, t - 7 * COUNT))
          .add(s1)
          .intoArray(w, t);
    }
  }

  private static void rounds(int[] state, int[] w) {
    IntVector a = word(state, 0);
    IntVector b = word(state, 1);
    IntVector c = word(state, 2);
    IntVector d = word(state, 3);
    IntVector e = word(state, 4);
    IntVector f = word(state, 5);
    IntVector g = word(state, 6);
    IntVector h = word(state, 7);
    for (int t = 0; t < ROUNDS; t++) {
      IntVector s1 =
          ror(e, 6)
              .lanewise(VectorOperators.XOR, ror(e, 11))
              .lanewise(VectorOperators.XOR, ror(e, 25));
      IntVector choice = g.lanewise(VectorOperators.XOR, e.and(f.lanewise(VectorOperators.XOR, g)));
      IntVector t1 = h.add(s1).add(choice).add(K[t]).add(word(w, t));
      IntVector s0 =
          ror(a, 2)
              .lanewise(VectorOperators.XOR, ror(a, 13))
              .lanewise(VectorOperators.XOR, ror(a, 22));
      IntVector t2 = s0.add(a.and(b).or(c.and(a.or(b))));
      h = g;
      g = f;
      f = e;
      e = d.add(t1);
      d = c;
      c = b;
      b = a;
      a = t1.add(t2);
    }
    a.add(word(state, 0)).intoArray(state, 0);
    b.add(word(state, 1)).intoArray(state, COUNT);
    c.add(word(state, 2)).intoArray(state, 2 * COUNT);
    d.add(word(state, 3)).intoArray(state, 3 * COUNT);
    e.add(word(state, 4)).intoArray(state, 4 * COUNT);
    f.add(word(state, 5)).intoArray(state, 5 * COUNT);
    g.add(word(state, 6)).intoArray(state, 6 * COUNT);
    h.add(word(state, 7)).intoArray(state, 7 * COUNT);
  }

  private static IntVector word(int[] words, int index) {
    return IntVector.fromArray(SPECIES, words, index * COUNT);
  }

  private static IntVector ror(IntVector x, int bits) {
    return x.lanewise(VectorOperators.ROR, bits);
  }
}
