package dev.vidimus.registry.change;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A question to the tables.
///
/// @param <T> what the answer is
@FunctionalInterface
public interface Asked<T extends @Nullable Object> {
  /// @param sql as of the log's head, for reading only
  T of(Sql sql) throws IOException, FormatException, CheckFailed;
}
