package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.digest.Identity;
import java.nio.file.Path;

/// What is examined.
///
/// @param root the file or folder, which nobody changes any more
/// @param snapshot its files
/// @param identity their digests
public record Quarantined(Path root, Snapshot snapshot, Identity identity) {}
