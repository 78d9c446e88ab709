package dev.vidimus.lineage.graph;

import java.util.Locale;

/// How an edge is known, from the weakest to the strongest.
public enum EdgeStatus {
  /// It was recomputed, and is false as it was said; something else may be true of the two.
  REFUTED(0),
  /// Somebody says so.
  DECLARED(1),
  /// The artifact itself says so.
  OBSERVED(2),
  /// An identity that is believed signed it.
  ATTESTED(3),
  /// It was recomputed.
  VERIFIED(4);

  private final int code;

  EdgeStatus(int code) {
    this.code = code;
  }

  /// Its word: `verified`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Its number in a label, which never changes.
  int code() {
    return code;
  }
}
