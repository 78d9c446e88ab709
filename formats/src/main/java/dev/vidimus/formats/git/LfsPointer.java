package dev.vidimus.formats.git;

import dev.vidimus.artifact.Digest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What stands in a repository for a large file
/// ([Git LFS specification](https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md)).
///
/// @param digest SHA-256 of the file
/// @param size of the file in bytes
record LfsPointer(Digest digest, long size) {
  /// Pointers are smaller than this, by their specification.
  static final int MOST_BYTES = 1024;

  private static final String VERSION = "version https://git-lfs.github.com/spec/v1";
  private static final String DIGEST = "oid sha256:";
  private static final String SIZE = "size ";

  /// Null if the content is no pointer.
  static @Nullable LfsPointer parse(byte[] content) {
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    if (!lines[0].equals(VERSION)) {
      return null;
    }
    Digest digest = null;
    long size = -1;
    try {
      for (String line : lines) {
        if (line.startsWith(DIGEST)) {
          digest = Digest.ofHex(line.substring(DIGEST.length()));
        } else if (line.startsWith(SIZE)) {
          size = Long.parseLong(line.substring(SIZE.length()));
        }
      }
    } catch (IllegalArgumentException e) {
      return null;
    }
    return digest == null || size < 0 ? null : new LfsPointer(digest, size);
  }
}
