package dev.vidimus.artifact.digest;

/// The compression function of SHA-256 over several streams at once, one in each lane of a vector.
/// Its implementation needs the module `jdk.incubator.vector`, so nobody names it but [LaneChoice].
interface Lanes {
  /// Number of streams side by side.
  int count();

  /// Compresses the same number of 64-byte blocks of each stream.
  ///
  /// @param state eight words for each lane: word `i` of lane `k` at `i * count() + k`
  /// @param input the lanes' buffers
  /// @param at where each lane's first block begins in its buffer
  void compress(int[] state, byte[][] input, int[] at, int blocks);
}
