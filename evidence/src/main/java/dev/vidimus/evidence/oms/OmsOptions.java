package dev.vidimus.evidence.oms;

import java.util.List;

/// What a caller allows beyond the specification, or wants beyond it.
///
/// @param strict whether anything unsigned or unknown is refused
/// @param ignoreUnsigned whether only files that were signed are looked at
/// @param ignorePaths relative paths to leave out, each with everything beneath it
/// @param allowSymlinks whether links to files are followed, if the signer followed them too
/// @param legacy whether the form of version 0.2.0 is taken
public record OmsOptions(
    boolean strict,
    boolean ignoreUnsigned,
    List<String> ignorePaths,
    boolean allowSymlinks,
    boolean legacy) {
  /// The specification, and nothing else.
  public static final OmsOptions DEFAULT = new OmsOptions(false, false, List.of(), false, false);

  public OmsOptions {
    ignorePaths = List.copyOf(ignorePaths);
  }
}
