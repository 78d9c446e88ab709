package dev.vidimus.registry.change;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A change of what is not evidence: tokens, sessions, jobs.
///
/// @param <T> what it answers
@FunctionalInterface
public interface Kept<T extends @Nullable Object> {
  /// @param sql nobody else changes anything meanwhile
  T of(Sql sql) throws IOException;
}
