package dev.vidimus.registry.hub;

import java.time.Duration;

/// How much a hub may cost.
///
/// @param files of one repository
/// @param pages of its list
/// @param document bytes of one answer that is no file
/// @param redirects of one request
/// @param retries of one file that brought nothing new
/// @param pause before the first retry; it doubles with each
/// @param patience for an answer, and for at least [#LEAST_PROGRESS] of a file
public record HubLimits(
    int files,
    int pages,
    int document,
    int redirects,
    int retries,
    Duration pause,
    Duration patience) {
  /// Bytes that arrive while one is patient.
  public static final long LEAST_PROGRESS = 16 << 10;

  /// What every command uses.
  public static final HubLimits DEFAULT =
      new HubLimits(
          100_000, 10_000, 32 << 20, 5, 5, Duration.ofMillis(250), Duration.ofSeconds(60));
}
