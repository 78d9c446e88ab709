package dev.vidimus.cli.args;

/// The command line cannot be understood.
public final class UsageException extends Exception {
  private final String hint;

  /// @param message what is wrong
  /// @param hint the next step; empty if there is none to offer
  public UsageException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /// The next step; empty if there is none to offer.
  public String hint() {
    return hint;
  }
}
