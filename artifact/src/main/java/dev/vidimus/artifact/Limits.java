package dev.vidimus.artifact;

/// How much one top-level file may cost to examine. Budgets count bytes, entries, opcodes and
/// depth, never seconds, so that a verdict repeats on every machine.
///
/// @param depth containers inside containers, at most
/// @param entries archive members in all, at most
/// @param inflatedBytes bytes that decompression may produce in all
/// @param opcodes pickle opcodes in all, over every stream and every reading
/// @param spoolBytes bytes of one inflated member that are kept in memory; the rest goes to a file
/// @param findings findings of one file that are kept; the rest is counted
public record Limits(
    int depth, long entries, long inflatedBytes, long opcodes, int spoolBytes, int findings) {
  /// The limits that every command uses unless told otherwise.
  public static final Limits DEFAULT =
      new Limits(16, 1_000_000, 8L << 30, 4_000_000_000L, 16 << 20, 1_000);
}
