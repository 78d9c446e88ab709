package dev.vidimus.artifact.digest;

import dev.vidimus.artifact.Digest;
import org.jspecify.annotations.Nullable;

/// What one stretch hashed to.
///
/// @param sha256 of its bytes
/// @param gitBlob the 40 hex digits that git names a blob of these bytes by, or null where it was
/// not asked for
public record Sums(Digest sha256, @Nullable String gitBlob) {}
