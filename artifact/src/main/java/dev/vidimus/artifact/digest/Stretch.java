package dev.vidimus.artifact.digest;

import dev.vidimus.artifact.Snapshot;
import java.nio.file.Path;

/// A part of a file that is hashed as one stream.
///
/// @param file a regular file; a link in its last component is not followed
/// @param offset first byte, zero-based
/// @param length in bytes; 0 is allowed
/// @param toEnd whether the file must end there, as a whole file does
public record Stretch(Path file, long offset, long length, boolean toEnd) {
  /// A whole file of the size that its snapshot found.
  public static Stretch of(Snapshot.Entry entry) {
    return new Stretch(entry.file(), 0, entry.size(), true);
  }
}
