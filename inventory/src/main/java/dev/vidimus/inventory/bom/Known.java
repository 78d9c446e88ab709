package dev.vidimus.inventory.bom;

import java.util.Locale;

/// How a fact is known, the weakest first.
public enum Known {
  /// Somebody says so: a card, a configuration, another bill.
  DECLARED,
  /// Read in the bytes.
  OBSERVED,
  /// Recomputed from the bytes.
  VERIFIED,
  /// Signed by an identity that is trusted with it.
  ATTESTED;

  /// As documents have it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// By its word; what says nothing of it is declared.
  public static Known of(String word) {
    for (Known known : values()) {
      if (known.word().equals(word)) {
        return known;
      }
    }
    return DECLARED;
  }
}
