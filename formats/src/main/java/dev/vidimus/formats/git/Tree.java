package dev.vidimus.formats.git;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A folder as a commit has it: `mode name NUL id`, entry by entry.
///
/// @param entries by name
record Tree(Map<String, Entry> entries) {
  private static final int LONGEST_NAME = 1 << 16;

  /// What an entry is.
  enum Kind {
    FILE,
    FOLDER,
    /// A symbolic link, or a commit of another repository.
    OTHER
  }

  record Entry(Kind kind, ObjectId id) {}

  static Tree parse(ObjectId id, byte[] content) throws IOException, FormatException {
    ByteCursor in = new ByteCursor(Bytes.of(content), "object " + id.hex());
    Map<String, Entry> entries = new HashMap<>();
    while (in.hasRemaining()) {
      int mode = 0;
      for (int c = in.u8("mode"); c != ' '; c = in.u8("mode")) {
        if (c < '0' || c > '7' || mode > 0xffff) {
          throw in.malformed("mode", "is no octal number of 16 bits");
        }
        mode = mode << 3 | (c - '0');
      }
      long start = in.position();
      int length = 0;
      while (in.u8("name") != 0) {
        if (++length > LONGEST_NAME) {
          throw in.malformed("name", "is longer than " + LONGEST_NAME);
        }
      }
      in.seek(start);
      String name = in.text("name", length, StandardCharsets.UTF_8);
      in.skip("name", 1);
      entries.put(name, new Entry(kind(mode), ObjectId.of(in.array("id", ObjectId.BYTES), 0)));
    }
    return new Tree(entries);
  }

  private static Kind kind(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.FOLDER;
      default -> Kind.OTHER;
    };
  }
}
