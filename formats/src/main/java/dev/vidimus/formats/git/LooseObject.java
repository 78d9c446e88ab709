package dev.vidimus.formats.git;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// An object in a file of its own: `type size NUL content`, all in one zlib stream.
final class LooseObject {
  private static final int LONGEST_HEADER = 32;

  private LooseObject() {}

  /// Reads the object whole.
  ///
  /// @param most the largest content worth reading, in bytes
  static GitObject read(Bytes file, String source, int most) throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(file, source);
    try (Inflated stream = new Inflated(cursor)) {
      Header header = header(stream, cursor);
      if (header.size > most) {
        throw new FormatException.LimitExceeded(
            cursor.where("object"), 0, header.size + " bytes, over the limit of " + most);
      }
      byte[] content = stream.upTo((int) header.size);
      if (content.length < header.size) {
        throw cursor.malformed(
            "object", "declares " + header.size + " bytes but has " + content.length);
      }
      stream.end();
      return new GitObject(header.type, content);
    }
  }

  /// The size that the header declares.
  static long size(Bytes file, String source) throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(file, source);
    try (Inflated stream = new Inflated(cursor)) {
      return header(stream, cursor).size;
    }
  }

  private record Header(ObjectType type, long size) {}

  private static Header header(Inflated stream, ByteCursor cursor)
      throws IOException, FormatException {
    StringBuilder text = new StringBuilder();
    while (text.length() < LONGEST_HEADER) {
      byte[] next = stream.upTo(1);
      if (next.length == 0 || next[0] == 0) {
        break;
      }
      text.append(new String(next, StandardCharsets.ISO_8859_1));
    }
    int space = text.indexOf(" ");
    ObjectType type = ObjectType.named(text.substring(0, Math.max(space, 0)));
    try {
      if (type != null) {
        long size = Long.parseLong(text, space + 1, text.length(), 10);
        if (size >= 0) {
          return new Header(type, size);
        }
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw cursor.malformed("object header", "is no type and size");
  }
}
