package dev.vidimus.evidence;

/// The three answers; the third never counts as the first.
public enum Answer {
  /// Every step passed.
  YES,
  /// A step refused.
  NO,
  /// The input is malformed, over a limit or unsupported, or the world failed.
  COULD_NOT_TELL
}
