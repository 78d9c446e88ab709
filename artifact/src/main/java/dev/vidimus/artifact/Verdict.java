package dev.vidimus.artifact;

import java.util.Locale;

/// What an examination says of bytes, best first, so that [#worse(Verdict)] is a maximum.
///
/// `INCOMPLETE` means that a part was not examined and `INVALID` that the bytes break their own
/// format: neither is ever reported as clean.
public enum Verdict {
  CLEAN,
  INCOMPLETE,
  INVALID,
  SUSPICIOUS,
  MALICIOUS;

  /// The worse of the two.
  public Verdict worse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// The word that people and machines read: `malicious`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
