package dev.vidimus.artifact;

import java.util.Locale;

/// The bytes are not what their format promises. Checked, so that every caller decides what a
/// broken file means for the artifact as a whole.
///
/// Its cases, which add nothing but their name: [Malformed] (the bytes contradict their format),
/// [LimitExceeded] (reading on would cost too much) and [Unsupported] (valid perhaps, not read by
/// us). The first makes an artifact invalid, the other two leave it incompletely examined.
public abstract sealed class FormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final long offset;
  private final String problem;

  private FormatException(String where, long offset, String problem) {
    super(
        String.format(Locale.ROOT, "%s at byte %d (0x%x): %s", where, offset, offset, problem),
        null,
        false,
        false); // without a stack trace: hostile files make these by the million
    this.where = where;
    this.offset = offset;
    this.problem = problem;
  }

  /// What was being read: the source's name and the field, `model.safetensors: header length`.
  public String where() {
    return where;
  }

  /// Where it was read, in bytes from the start of the source that [#where] names.
  public long offset() {
    return offset;
  }

  /// What is wrong, without the place: `declares 9 bytes but 4 follow`.
  public String problem() {
    return problem;
  }

  /// The bytes contradict their own format.
  public static final class Malformed extends FormatException {
    private static final long serialVersionUID = 1L;

    /// @param where source and field
    /// @param offset position in bytes, zero-based
    /// @param problem declared against found
    public Malformed(String where, long offset, String problem) {
      super(where, offset, problem);
    }
  }

  /// Reading on would cost more than a limit allows; what lies behind it was not examined.
  public static final class LimitExceeded extends FormatException {
    private static final long serialVersionUID = 1L;

    /// @param where source and field
    /// @param offset position in bytes, zero-based
    /// @param problem declared against the limit
    public LimitExceeded(String where, long offset, String problem) {
      super(where, offset, problem);
    }
  }

  /// A legitimate feature of the format that this reader does not read.
  public static final class Unsupported extends FormatException {
    private static final long serialVersionUID = 1L;

    /// @param where source and field
    /// @param offset position in bytes, zero-based
    /// @param problem the feature, by the name its specification gives it
    public Unsupported(String where, long offset, String problem) {
      super(where, offset, problem);
    }
  }
}
