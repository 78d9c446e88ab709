package dev.vidimus.registry.question;

import java.io.IOException;

/// A reference that means nothing here, or more than one thing.
public final class UnknownReference extends IOException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  UnknownReference(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /// The next step; empty if there is none.
  public String hint() {
    return hint;
  }
}
