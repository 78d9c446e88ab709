package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.digest.Identity;
import java.nio.file.Path;
import java.util.List;

/// What is examined.
///
/// @param root the file or folder, which nobody changes any more
/// @param snapshot its files
/// @param identity their digests
/// @param name what whoever sent it calls it
/// @param beside files that came along and are no part of it, such as attestations
public record Quarantined(
    Path root, Snapshot snapshot, Identity identity, String name, List<Path> beside) {
  public Quarantined {
    beside = List.copyOf(beside);
  }
}
