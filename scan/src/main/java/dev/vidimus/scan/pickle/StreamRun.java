package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.pickle.PickleMachine;
import dev.vidimus.formats.pickle.Value;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How one stream went.
///
/// @param judge what was established up to the end or the break
/// @param end position behind the `STOP`, or where reading broke off
/// @param opcodes that were passed
/// @param result what the loader would return; null if the stream broke
/// @param failure why it broke; null if it did not
record StreamRun(
    PickleJudge judge,
    long end,
    long opcodes,
    @Nullable Value result,
    @Nullable FormatException failure) {
  static StreamRun of(ByteCursor cursor, PickleJudge judge, Budget budget) throws IOException {
    PickleMachine machine = new PickleMachine(cursor, judge, budget);
    try {
      budget.takeOpcodes(cursor.where("stream"), cursor.position(), 0);
      Value result = machine.run();
      return new StreamRun(judge, cursor.position(), machine.opcodes(), result, null);
    } catch (FormatException e) {
      return new StreamRun(judge, cursor.position(), machine.opcodes(), null, e);
    }
  }

  /// Whether the stream reached its `STOP`.
  boolean isWhole() {
    return failure == null;
  }
}
