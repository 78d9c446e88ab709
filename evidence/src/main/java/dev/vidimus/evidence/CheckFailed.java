package dev.vidimus.evidence;

/// A check of a verification failed: the answer is no. Thrown inside a verifier only, whose public
/// door catches it once.
public final class CheckFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final String expected;
  private final String found;

  /// @param step the step's name, such as `inclusion proof`
  /// @param expected what a good input has here, in plain words
  /// @param found what this one has; from hostile input, so printed with care
  public CheckFailed(String step, String expected, String found) {
    super(step + ": expected " + expected + ", found " + found, null, false, false);
    this.step = step;
    this.expected = expected;
    this.found = found;
  }

  /// The step that failed.
  public String step() {
    return step;
  }

  /// What was expected there.
  public String expected() {
    return expected;
  }

  /// What was found there.
  public String found() {
    return found;
  }
}
