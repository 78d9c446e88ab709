package dev.vidimus.lineage.loops;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Tells whether blocks of Q8_0 are what `quantize_row_q8_0_ref` makes of values, up to a
/// thousandth of a step beyond the middle of two levels.
///
/// Memory: a tile. Not for several threads.
public final class Q8Blocks {
  /// Blocks that are looked at together.
  public static final int BLOCKS = Tile.VALUES / 32;

  private static final int SIZE = 34;
  private static final int RUN = 8; // places of a plane that belong to one block

  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final Tile tile = new Tile();
  private final int[] sizes = new int[Tile.PLANE];
  private final float[] most = new float[BLOCKS];
  private final short[] halves = new short[BLOCKS];
  private final float[] inverse = new float[BLOCKS];
  private final float[] inverses = new float[Tile.PLANE];

  /// Takes the values of some blocks.
  ///
  /// @param fours values of BF16, four in each number, little-endian
  /// @param blocks at most [#BLOCKS]
  /// @return whether all blocks hold
  public boolean hold(long[] fours, int at, byte[] stored, int from, int blocks) {
    tile.bf16(fours, at, RUN * blocks);
    return hold(stored, from, blocks);
  }

  /// Takes the values of some blocks.
  ///
  /// @param blocks at most [#BLOCKS]
  /// @return whether all blocks hold
  public boolean hold(float[] values, int at, byte[] stored, int from, int blocks) {
    tile.floats(values, at, RUN * blocks);
    return hold(stored, from, blocks);
  }

  private boolean hold(byte[] stored, int from, int blocks) {
    int plane = RUN * blocks;
    int[][] bits = tile.bits;
    Loops.sizes(bits[0], bits[1], bits[2], bits[3], sizes, plane);
    for (int b = 0; b < blocks; b++) {
      most[b] = Float.intBitsToFloat(Tile.most(sizes, RUN * b, RUN));
    }
    Loops.scales(most, halves, blocks);
    Loops.inverses(most, inverse, blocks);
    if (!scalesHold(stored, from, blocks)) {
      return false;
    }
    for (int b = 0; b < blocks; b++) {
      System.arraycopy(stored, from + SIZE * b + 2, tile.levelBytes, 32 * b, 32);
    }
    tile.levels(plane);
    int off = 0;
    for (int k = 0; k < 4; k++) {
      off |= Loops.off(tile.x[k], inverses, tile.level[k], plane);
    }
    return off == 0;
  }

  /// Whether each scale is the 127th part of the greatest size, as a half; deals out the inverses.
  private boolean scalesHold(byte[] stored, int from, int blocks) {
    boolean hold = true;
    for (int b = 0; b < blocks; b++) {
      short half = halves[b];
      hold &= half == (short) U16.get(stored, from + SIZE * b) && (half & 0x7c00) != 0x7c00;
      fill(inverses, RUN * b, most[b] == 0 ? 0 : inverse[b]);
    }
    return hold;
  }

  private static void fill(float[] to, int at, float value) {
    to[at] = value;
    to[at + 1] = value;
    to[at + 2] = value;
    to[at + 3] = value;
    to[at + 4] = value;
    to[at + 5] = value;
    to[at + 6] = value;
    to[at + 7] = value;
  }
}
