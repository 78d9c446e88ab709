package dev.vidimus.registry.shelf;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file of a snapshot, whose bytes are kept here.
public final class ShelfFile {
  private final String path;
  private final Digest digest;
  private final long size;
  private final boolean large;
  private final Path content;
  private volatile @Nullable String gitName;

  ShelfFile(String path, Digest digest, long size, Path content) {
    this.path = path;
    this.digest = digest;
    this.size = size;
    this.large = LargeFiles.has(path, size);
    this.content = content;
  }

  /// Its path, relative, with `/`.
  public String path() {
    return path;
  }

  /// SHA-256 of its bytes.
  public Digest digest() {
    return digest;
  }

  /// Its size in bytes.
  public long size() {
    return size;
  }

  /// Whether hub clients know it as a large file; see [LargeFiles].
  public boolean isLarge() {
    return large;
  }

  /// Where its bytes lie.
  public Path content() {
    return content;
  }

  /// Its name in git: of its bytes, or of the pointer to them if it is large.
  ///
  /// The bytes of a regular file are hashed once, when somebody asks; they are at most
  /// [LargeFiles#BOUND].
  public String gitName() throws IOException {
    String known = gitName;
    if (known == null) {
      known = large ? GitNames.blob(GitNames.pointer(digest, size)) : GitNames.blob(content, size);
      gitName = known;
    }
    return known;
  }

  /// What a client keeps it under: SHA-256 of a large file, else its name in git.
  public String etag() throws IOException {
    return large ? digest.hex() : gitName();
  }
}
