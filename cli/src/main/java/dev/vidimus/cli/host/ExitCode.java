package dev.vidimus.cli.host;

/// What the process answers. Three answers exist everywhere, and the third never counts as the
/// first.
public enum ExitCode {
  /// Nothing stands against it.
  YES(0),
  /// A verdict reaches the level that the caller set, or a check refused.
  NO(1),
  /// Invalid, incomplete, unreadable, or the world failed.
  COULD_NOT_TELL(2),
  /// The command line cannot be understood.
  USAGE(64);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /// The process's exit status.
  public int code() {
    return code;
  }

  /// The worse of two answers about two things: a no outweighs everything that is not known.
  public ExitCode worse(ExitCode other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return compareTo(other) >= 0 ? this : other;
  }
}
