package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What came out of a compressed source.
///
/// @param content the plain bytes, up to the break if there was one; closing this closes them
/// @param consumed packed bytes that belong to the streams that were read; what follows them is
///     not compressed data of this format. Meaningless after a break
/// @param broken why reading ended early, or the first check that failed; null if all is well
public record Inflated(Bytes content, long consumed, @Nullable FormatException broken)
    implements Closeable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
