package dev.vidimus.registry.keep;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.intake.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;

/// Deletes blobs that belong to no artifact any more. Never evidence: the ledger is not touched.
///
/// @param blobs how many were deleted
/// @param bytes how much that freed
/// @param unfinished folders of dead processes that were deleted
public record Collection(long blobs, long bytes, int unfinished) {
  /// Collects.
  ///
  /// @param dryRun whether to only count
  /// @throws CheckFailed while somebody is admitting something, whose blobs belong to nothing yet
  public static Collection of(Registry registry, boolean dryRun)
      throws IOException, FormatException, CheckFailed {
    int unfinished = dryRun ? 0 : Staging.collect(registry.home());
    if (Staging.isAnyAlive(registry.home())) {
      throw new CheckFailed(
          "garbage", "nobody who admits something at this moment", "somebody who does");
    }
    Set<String> needed =
        registry.ask(
            sql -> new HashSet<>(sql.all("SELECT DISTINCT sha256 FROM file", row -> row.text(1))));
    long[] counts = new long[2];
    registry
        .blobs()
        .visit(
            (digest, file) -> {
              if (!needed.contains(digest.toString())) {
                counts[0]++;
                counts[1] += Files.size(file);
                if (!dryRun) {
                  Files.delete(file);
                }
              }
            });
    return new Collection(counts[0], counts[1], unfinished);
  }
}
