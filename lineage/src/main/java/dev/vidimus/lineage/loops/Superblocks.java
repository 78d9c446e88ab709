package dev.vidimus.lineage.loops;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Measures superblocks of 256 weights against what they stand for: the squared error of each, and
/// of each sub-block the extremes, and whether a weight may be out of the reach of its level.
///
/// First [#levels] or [#nibbles] and [#scales] of each superblock, then [#measure], then the
/// questions. Memory: a tile. Not for several threads.
public final class Superblocks {
  /// Superblocks that are measured together.
  public static final int COUNT = Tile.VALUES / 256;

  private static final VarHandle U64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NIBBLES = 0x0f0f_0f0f_0f0f_0f0fL;

  private final Tile tile = new Tile();
  private final int run; // places of a plane that belong to one sub-block
  private final float[] steps = new float[Tile.PLANE];
  private final float[] minima = new float[Tile.PLANE];
  private final float[] reaches = new float[Tile.PLANE];
  private final float[] errors = new float[Tile.PLANE];
  private final int[] below = new int[Tile.PLANE];
  private final int[] above = new int[Tile.PLANE];
  private final float[][] off = new float[4][Tile.PLANE];
  private final int[] beyond = new int[Tile.PLANE];
  private final int lowest;
  private final int highest;
  private boolean areAllWithin;

  /// @param sub weights that share a step: 16 or 32
  /// @param lowest the last level on one side
  /// @param highest the last level on the other
  public Superblocks(int sub, int lowest, int highest) {
    this.run = sub / 4;
    this.lowest = lowest;
    this.highest = highest;
  }

  /// The levels of a superblock.
  public void levels(int superblock, byte[] levels) {
    System.arraycopy(levels, 0, tile.levelBytes, 256 * superblock, 256);
  }

  /// The levels of a superblock of Q4_K: of each 64 weights the first half in the lower nibbles.
  public void nibbles(int superblock, byte[] in, int at) {
    for (int i = 0; i < 128; i += 8) {
      long both = (long) U64.get(in, at + i);
      int to = 256 * superblock + 2 * i - i % 32;
      U64.set(tile.levelBytes, to, both & NIBBLES);
      U64.set(tile.levelBytes, to + 32, both >>> 4 & NIBBLES);
    }
  }

  /// The steps and minima of a superblock's sub-blocks.
  public void scales(int superblock, float[] step, float[] minimum) {
    int at = 64 * superblock;
    for (int s = 0; s < step.length; s++) {
      for (int end = at + run; at < end; at += 4) {
        fill(steps, at, step[s]);
        fill(minima, at, minimum[s]);
      }
    }
  }

  private static void fill(float[] to, int at, float value) {
    to[at] = value;
    to[at + 1] = value;
    to[at + 2] = value;
    to[at + 3] = value;
  }

  /// Measures superblocks against values of BF16.
  ///
  /// @param fours four values in each number, little-endian
  public void measure(long[] fours, int at, int superblocks) {
    tile.bf16(fours, at, 64 * superblocks);
    measure(64 * superblocks);
  }

  /// Measures superblocks against values.
  public void measure(float[] values, int at, int superblocks) {
    tile.floats(values, at, 64 * superblocks);
    measure(64 * superblocks);
  }

  private void measure(int plane) {
    tile.levels(plane);
    float[][] x = tile.x;
    for (int k = 0; k < 4; k++) {
      Loops.residuals(x[k], tile.level[k], steps, minima, off[k], plane);
    }
    Loops.squares(off[0], off[1], off[2], off[3], errors, plane);
    int[][] bits = tile.bits;
    Loops.below(bits[0], bits[1], bits[2], bits[3], below, plane);
    Loops.above(bits[0], bits[1], bits[2], bits[3], above, plane);
    Loops.reaches(steps, reaches, plane);
    int any = 0;
    for (int k = 0; k < 4; k++) {
      any |= Loops.beyond(off[k], reaches, tile.level[k], lowest, highest, plane);
    }
    areAllWithin = any == 0;
    if (!areAllWithin) {
      Arrays.fill(beyond, 0, plane, 0);
      for (int k = 0; k < 4; k++) {
        Loops.beyond(off[k], reaches, tile.level[k], lowest, highest, beyond, plane);
      }
    }
  }

  /// The sum of the squared errors of a superblock.
  public double energy(int superblock) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = 64 * superblock; i < 64 * superblock + 64; i += 4) {
      a += errors[i];
      b += errors[i + 1];
      c += errors[i + 2];
      d += errors[i + 3];
    }
    return (double) a + b + c + d;
  }

  /// How far the values of a sub-block go below 0 at most.
  ///
  /// @param s counted through all superblocks
  public float below(int s) {
    return Float.intBitsToFloat(Tile.most(below, s * run, run));
  }

  /// How far the values of a sub-block go above 0 at most.
  public float above(int s) {
    return Float.intBitsToFloat(Tile.most(above, s * run, run));
  }

  /// Whether a value of a sub-block may be further from what its level stands for than half a step.
  public boolean isBeyond(int s) {
    if (areAllWithin) {
      return false;
    }
    int bits = 0;
    for (int i = s * run; i < s * run + run; i++) {
      bits |= beyond[i];
    }
    return bits != 0;
  }

  /// A value of those measured, and below its level, step and minimum.
  public float value(int i) {
    return tile.x[i & 3][i >> 2];
  }

  public int level(int i) {
    return tile.level[i & 3][i >> 2];
  }

  public float step(int i) {
    return steps[i >> 2];
  }

  public float minimum(int i) {
    return minima[i >> 2];
  }
}
