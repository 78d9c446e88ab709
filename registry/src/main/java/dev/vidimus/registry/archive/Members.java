package dev.vidimus.registry.archive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Printable;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/// The members of an archive on their way into a tree.
final class Members {
  private static final int BUFFER = 1 << 16;
  private static final int PRINTED = 200;

  private Members() {}

  /// A member's name as a path of the tree: archivers write `./` before it, and `/` behind folders.
  /// Empty for the archive's own top folder.
  static String path(String name) throws Refusal {
    String path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.equals(".") || (path.isEmpty() && !name.isEmpty() && name.charAt(0) == '.')) {
      return "";
    }
    NewTree.requireCanonical(path);
    return path;
  }

  /// Writes a member, and returns its CRC-32.
  static long write(Bytes content, NewTree tree, String path) throws IOException {
    byte[] buffer = new byte[BUFFER];
    CRC32 sum = new CRC32();
    try (OutputStream out = tree.create(path)) {
      for (long at = 0; at < content.size(); at += BUFFER) {
        int count = (int) Math.min(BUFFER, content.size() - at);
        content.read(at, buffer, 0, count);
        sum.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    return sum.getValue();
  }

  static Refusal refusal(String archive, String member, String problem) {
    return new Refusal(
        archive + ": " + Printable.of(member, PRINTED) + ": " + problem,
        "nothing was unpacked; without --unpack the archive is admitted as one file");
  }

  static Refusal refusal(String archive, String problem) {
    return new Refusal(
        archive + ": " + problem,
        "nothing was unpacked; without --unpack the archive is admitted as one file");
  }
}
