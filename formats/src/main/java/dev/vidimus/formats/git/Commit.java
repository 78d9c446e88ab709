package dev.vidimus.formats.git;

import dev.vidimus.artifact.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a commit says of its content and its history.
record Commit(ObjectId tree, List<ObjectId> parents) {
  private static final String TREE = "tree ";
  private static final String PARENT = "parent ";

  static Commit parse(ObjectId id, byte[] content) throws FormatException {
    // Names may be in any encoding; the lines that matter are ASCII.
    String text = new String(content, StandardCharsets.ISO_8859_1);
    ObjectId tree = null;
    List<ObjectId> parents = new ArrayList<>(1);
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      if (tree == null) {
        tree = target(id, line, TREE);
      } else if (line.startsWith(PARENT)) {
        parents.add(target(id, line, PARENT));
      } else {
        break;
      }
    }
    if (tree == null) {
      throw malformed(id, "is empty");
    }
    return new Commit(tree, parents);
  }

  /// What an annotated tag stands for.
  static ObjectId tagged(ObjectId id, byte[] content) throws FormatException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    return target(id, end < 0 ? text : text.substring(0, end), "object ");
  }

  private static ObjectId target(ObjectId id, String line, String word) throws FormatException {
    String hex = line.startsWith(word) ? line.substring(word.length()) : "";
    if (hex.length() != ObjectId.DIGITS || !ObjectId.isHex(hex, ObjectId.DIGITS)) {
      throw malformed(id, "lacks the line \"" + word + "…\"");
    }
    return new ObjectId(hex);
  }

  private static FormatException malformed(ObjectId id, String problem) {
    return new FormatException.Malformed("object " + id.hex(), 0, problem);
  }
}
