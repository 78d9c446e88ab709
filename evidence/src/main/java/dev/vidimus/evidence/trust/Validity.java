package dev.vidimus.evidence.trust;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a log or an authority was trusted. Both ends belong to it.
///
/// @param start null if it is not said; then nobody knows since when, and it is never trusted
/// @param end null while it is trusted
public record Validity(@Nullable Instant start, @Nullable Instant end) {
  /// Whether it was trusted at that time.
  public boolean contains(Instant at) {
    return start != null && !at.isBefore(start) && (end == null || !at.isAfter(end));
  }

  @Override
  public String toString() {
    return (start == null ? "no start" : start) + " to " + (end == null ? "now" : end);
  }
}
