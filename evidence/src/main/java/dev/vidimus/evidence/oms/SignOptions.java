package dev.vidimus.evidence.oms;

import java.util.List;

/// How a model is to be signed.
///
/// @param shardSize bytes of a shard, or 0 to sign whole files
/// @param allowSymlinks whether links to files are signed as files
/// @param ignorePaths relative paths to leave out, each with everything beneath it
public record SignOptions(long shardSize, boolean allowSymlinks, List<String> ignorePaths) {
  /// Whole files, no links, everything but git's files.
  public static final SignOptions DEFAULT = new SignOptions(0, false, List.of());

  public SignOptions {
    ignorePaths = List.copyOf(ignorePaths);
  }
}
