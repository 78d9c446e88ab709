package dev.vidimus.lineage.derive;

/// What a comparison says of a claim.
public enum Verdict {
  /// Every value was recomputed, and the claim holds as the reason says.
  VERIFIED,
  /// The claim is false.
  REFUTED,
  /// The derivation holds, but something in it is not as it is in honest ones.
  SUSPICIOUS,
  /// It could not be told, for want of something that the outcome names.
  UNKNOWN,
  /// The claim is of a kind that is not recomputed here.
  UNSUPPORTED
}
