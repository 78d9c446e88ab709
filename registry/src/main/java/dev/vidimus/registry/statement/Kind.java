package dev.vidimus.registry.statement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What kinds of statements there are, by the word that the log has for them.
public enum Kind {
  PERSON,
  POLICY,
  INTAKE,
  INSPECTION,
  /// Whether something was made from what it is said to be made from.
  DERIVATION,
  /// A SLSA verification summary; the only kind whose predicate is not ours.
  DECISION,
  APPROVAL,
  DEPLOYMENT,
  REVOCATION,
  DEPRECATION,
  EXCEPTION,
  BREAK_GLASS;

  private static final String SUMMARY = "https://slsa.dev/verification_summary/v1";

  /// The word: `break-glass`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The URI of the predicate.
  public String predicateType() {
    return this == DECISION ? SUMMARY : "https://vidimus.dev/" + word() + "/v1";
  }

  /// The kind of a word, or null.
  public static @Nullable Kind ofWord(String word) {
    for (Kind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }
}
