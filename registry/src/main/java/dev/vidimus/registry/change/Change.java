package dev.vidimus.registry.change;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.io.IOException;

/// What somebody wants to change: looks at the registry as it is at this instant, and says what is
/// to be logged.
///
/// @param <T> what it answers
@FunctionalInterface
public interface Change<T> {
  /// Checks its preconditions and appends its statements to the session.
  ///
  /// @throws CheckFailed if a precondition does not hold; nothing is changed then
  T make(Session session) throws IOException, FormatException, CheckFailed;
}
