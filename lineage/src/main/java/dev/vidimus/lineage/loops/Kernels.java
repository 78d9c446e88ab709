package dev.vidimus.lineage.loops;

/// The inner loops of rules about quantized blocks. There are two: plain loops, and vectors where
/// the CPU has them. Both do the same arithmetic in the same order, so that a verdict and every
/// number in it are the same bit for bit.
public interface Kernels {
  /// Floats that are added up side by side; the sums are then added one after another.
  int LANES = 16;

  /// How far beyond the middle of two levels a weight may lie, in steps.
  float SLACK = 1e-3f;

  /// Widens BF16.
  void widenBf16(short[] from, float[] to, int at, int count);

  /// Rounds to BF16, to the nearest and ties to even. Wrong for what is no number, which the caller
  /// looks at one by one.
  void toBf16(float[] from, short[] to, int count);

  /// The first block, from `block` on, that is not byte equal to what `quantize_row_q8_0_ref` makes
  /// of the values; `end` if all are.
  ///
  /// @param x the values of block 0 and those that follow
  int differingQ8(float[] x, byte[] blocks, int block, int end);

  /// Takes the levels of a superblock of Q4_K out of its nibbles.
  ///
  /// @param at where the 128 bytes of nibbles begin
  void nibbles(byte[] in, int at, byte[] level);

  /// Compares a superblock with what it stands for.
  ///
  /// @param x values from `from` on
  /// @param sub values that share a step: 16 or 32
  /// @param sums takes [#LANES] partial sums of squared errors
  /// @param extremes takes the least and the greatest value, or 0, of each sub-block in turn
  /// @return a bit for each sub-block with a value more than half a step (and the slack) off
  int superblock(
      float[] x,
      int from,
      byte[] level,
      float[] step,
      float[] minimum,
      int sub,
      float[] sums,
      float[] extremes);
}
