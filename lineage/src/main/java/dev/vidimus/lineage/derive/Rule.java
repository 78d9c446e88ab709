package dev.vidimus.lineage.derive;

import java.io.IOException;

/// Decides whether stored values are what they ought to be.
interface Rule {
  /// A check of one tensor; one for each thread.
  Check open(Job job);

  /// Whether the check wants the expected values; otherwise it reads what it compares itself.
  default boolean wantsExpected(Job job) {
    return true;
  }

  /// Values that must be checked together, such as a block.
  int unit(Job job);

  /// Checks a range.
  interface Check {
    /// @param element the first value
    /// @param count how many
    /// @param expected what they ought to be, if the rule wants it
    /// @return whether all are as they ought to be
    boolean range(long element, int count, float[] expected, Tally tally) throws IOException;
  }
}
