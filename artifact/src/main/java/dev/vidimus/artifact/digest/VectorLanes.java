package dev.vidimus.artifact.digest;

import static dev.vidimus.artifact.digest.Sha256Rounds.BLOCK;
import static dev.vidimus.artifact.digest.Sha256Rounds.K;
import static dev.vidimus.artifact.digest.Sha256Rounds.ROUNDS;
import static dev.vidimus.artifact.digest.Sha256Rounds.WORD;
import static dev.vidimus.artifact.digest.VectorWords.BLOCK_A_VECTOR;
import static dev.vidimus.artifact.digest.VectorWords.COUNT;
import static dev.vidimus.artifact.digest.VectorWords.interleave;
import static dev.vidimus.artifact.digest.VectorWords.ror;
import static dev.vidimus.artifact.digest.VectorWords.row;
import static dev.vidimus.artifact.digest.VectorWords.word;
import static dev.vidimus.artifact.digest.VectorWords.xor;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// SHA-256 in the lanes of one vector register for each working variable.
///
/// Both loops stay rolled and the methods small: unrolled by hand, the compiler gives up inlining,
/// boxes every vector, and the speed falls to a fiftieth. The launcher has each of them compiled by
/// itself and at once, and [VectorWords] into them.
final class VectorLanes implements Lanes {
  private final int[] w = new int[ROUNDS * COUNT];
  private final int[] half = new int[16 * COUNT];

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
      int offset = block * BLOCK;
      if (BLOCK_A_VECTOR) {
        load(input, at, offset, half);
        transpose(half, w);
      } else {
        scatter(input, at, offset, w);
      }
      schedule(w);
      rounds(state, w);
    }
  }

  /// Transposes word by word, which half as many lanes need.
  static void scatter(byte[][] input, int[] at, int offset, int[] w) {
    for (int lane = 0; lane < COUNT; lane++) {
      for (int t = 0; t < 16; t++) {
        w[t * COUNT + lane] = (int) WORD.get(input[lane], at[lane] + offset + t * Integer.BYTES);
      }
    }
  }

  /// The first half of a transposition, from each lane's block.
  static void load(byte[][] input, int[] at, int offset, int[] half) {
    for (int i = 0; i < 4; i++) {
      interleave(
          row(input, at, offset, i),
          row(input, at, offset, i + 4),
          row(input, at, offset, i + 8),
          row(input, at, offset, i + 12),
          half,
          4 * i * COUNT);
    }
  }

  /// The second half.
  static void transpose(int[] half, int[] w) {
    for (int i = 0; i < 4; i++) {
      interleave(
          word(half, i),
          word(half, i + 4),
          word(half, i + 8),
          word(half, i + 12),
          w,
          4 * i * COUNT);
    }
  }

  private static void schedule(int[] w) {
    for (int t = 16; t < ROUNDS; t++) {
      IntVector x = word(w, t - 15);
      IntVector y = word(w, t - 2);
      IntVector s0 = xor(ror(x, 7), ror(x, 18), x.lanewise(VectorOperators.LSHR, 3));
      IntVector s1 = xor(ror(y, 17), ror(y, 19), y.lanewise(VectorOperators.LSHR, 10));
      word(w, t - 16).add(s0).add(word(w, t - 7)).add(s1).intoArray(w, t * COUNT);
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
      // What does not wait for the round before comes first: the sums are one chain of additions.
      IntVector ready = h.add(word(w, t).add(K[t]));
      IntVector choice = g.lanewise(VectorOperators.XOR, e.and(f.lanewise(VectorOperators.XOR, g)));
      IntVector t1 = ready.add(choice).add(xor(ror(e, 6), ror(e, 11), ror(e, 25)));
      IntVector majority = a.and(b).or(c.and(a.or(b)));
      IntVector t2 = majority.add(xor(ror(a, 2), ror(a, 13), ror(a, 22)));
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
}
