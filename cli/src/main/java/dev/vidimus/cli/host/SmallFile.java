package dev.vidimus.cli.host;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that are read whole, and so must be small.
public final class SmallFile {
  /// Notes, receipts, keys: what fits on some pages.
  public static final int PAGES = 1 << 20;

  /// Envelopes and bundles.
  public static final int ENVELOPE = 64 << 20;

  private SmallFile() {}

  /// Reads a file.
  ///
  /// @param most bytes
  /// @throws FormatException if it has more; no more than that are read
  public static byte[] read(Path file, int most) throws IOException, FormatException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new FormatException.LimitExceeded(
            file.toString(), 0, "more bytes than the limit of " + most);
      }
      return bytes;
    }
  }
}
