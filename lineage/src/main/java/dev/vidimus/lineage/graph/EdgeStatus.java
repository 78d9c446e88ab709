package dev.vidimus.lineage.graph;

/// How an edge is known, from the weakest to the strongest.
public enum EdgeStatus {
  /// Somebody says so.
  DECLARED(0),
  /// The artifact itself says so.
  OBSERVED(1),
  /// An identity that is believed signed it.
  ATTESTED(2),
  /// It was recomputed.
  VERIFIED(3);

  private final int code;

  EdgeStatus(int code) {
    this.code = code;
  }

  /// Its number in a label, which never changes.
  int code() {
    return code;
  }
}
