package dev.vidimus.registry.intake;

import java.io.IOException;

/// A source that cannot be taken in as it is; nothing was kept of it.
public sealed class Refusal extends IOException permits NoRoom {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /// @param hint the next step; empty if there is none
  public Refusal(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /// What to do about it.
  public String hint() {
    return hint;
  }
}
