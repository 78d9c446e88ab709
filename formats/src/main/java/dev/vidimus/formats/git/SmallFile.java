package dev.vidimus.formats.git;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Text files of a repository, which are small in every repository that people work in.
final class SmallFile {
  private static final int MOST_BYTES = 64 << 20; // packed-refs of the largest monorepos

  private SmallFile() {}

  static String text(Path file) throws IOException, FormatException {
    try (Bytes bytes = FileBytes.open(file)) {
      if (bytes.size() > MOST_BYTES) {
        throw new FormatException.LimitExceeded(
            file.toString(), 0, bytes.size() + " bytes, over the limit of " + MOST_BYTES);
      }
      return new String(bytes.array(0, (int) bytes.size()), StandardCharsets.UTF_8);
    }
  }

  static List<String> lines(Path file) throws IOException, FormatException {
    return text(file).lines().toList();
  }
}
