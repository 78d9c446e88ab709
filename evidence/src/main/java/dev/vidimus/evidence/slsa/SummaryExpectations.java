package dev.vidimus.evidence.slsa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a summary must say to count.
///
/// @param verifier the only verifier that the trusted signer may speak for, or null
/// @param resource the place that the artifact was fetched from, or is to be used at, or null
/// @param levels each of which must have been found
public record SummaryExpectations(
    @Nullable String verifier, @Nullable String resource, List<String> levels) {
  /// Nothing is expected.
  public static final SummaryExpectations NONE = new SummaryExpectations(null, null, List.of());

  public SummaryExpectations {
    levels = List.copyOf(levels);
  }

  /// Whether nothing is expected.
  public boolean isEmpty() {
    return equals(NONE);
  }
}
