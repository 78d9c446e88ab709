package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Files of lines.
final class Text {
  private static final int LARGEST = 8 << 20;

  private Text() {}

  /// All of a file.
  static String of(Bytes bytes, String source) throws IOException, FormatException {
    if (bytes.size() > LARGEST) {
      throw new FormatException.LimitExceeded(
          source + ": document", 0, bytes.size() + " bytes, over the limit of " + LARGEST);
    }
    byte[] content = bytes.array(0, (int) bytes.size());
    String text = new String(content, StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /// The last part of a path.
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
