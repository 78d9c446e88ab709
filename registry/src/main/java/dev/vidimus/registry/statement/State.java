package dev.vidimus.registry.statement;

import java.util.Locale;

/// Where an artifact stands, in every environment at once. That it is promoted or deployed belongs
/// to an environment.
public enum State {
  QUARANTINED,
  INSPECTED,
  APPROVED,
  REJECTED,
  /// The evidence is too old. No entry says so: time does, and the question sees it.
  EXPIRED,
  REVOKED;

  /// The word: `quarantined`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
