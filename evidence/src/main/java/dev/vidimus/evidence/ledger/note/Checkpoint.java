package dev.vidimus.evidence.ledger.note;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import java.util.List;

/// The text by which a log commits to its content (c2sp.org/tlog-checkpoint): origin, number of
/// entries and root hash, each on a line, then extension lines, which nobody should use.
///
/// @param origin the log's name, unique; not empty
/// @param size number of entries
/// @param root of the tree over them
/// @param extensions further lines, none empty; not understood, but signed
public record Checkpoint(String origin, long size, Digest root, List<String> extensions) {
  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if a line is empty or holds a line end
  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (size < 0 || !isLine(origin) || !extensions.stream().allMatch(Checkpoint::isLine)) {
      throw new IllegalArgumentException("no checkpoint: " + origin + ", " + size);
    }
  }

  /// A checkpoint without extensions.
  public Checkpoint(String origin, long size, Digest root) {
    this(origin, size, root, List.of());
  }

  private static boolean isLine(String line) {
    return !line.isEmpty() && line.indexOf('\n') < 0;
  }

  /// Reads the text of a note as a checkpoint.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is not one
  public static Checkpoint parse(String text, String source) throws FormatException {
    if (!text.endsWith("\n")) {
      throw malformed(source, "end", "is not a line end");
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3) {
      throw malformed(source, "text", "has " + lines.size() + " lines, not at least 3");
    }
    if (lines.contains("")) {
      throw malformed(source, "text", "has an empty line");
    }
    byte[] root = Base64Text.decode(lines.get(2));
    if (root == null || root.length != 32) {
      throw malformed(source, "root", "is not base64 of 32 bytes");
    }
    return new Checkpoint(
        lines.getFirst(),
        number(lines.get(1), source, "size"),
        Digest.of(root),
        lines.subList(3, lines.size()));
  }

  /// Reads a number as logs write it: decimal, without leading zeros, below 2⁶³.
  ///
  /// @throws FormatException if it is written in any other way
  public static long number(String digits, String source, String field) throws FormatException {
    boolean plain =
        digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && (digits.length() == 1 || !digits.startsWith("0"));
    try {
      if (plain) {
        return Long.parseLong(digits);
      }
    } catch (NumberFormatException e) {
      // empty, or 2⁶³ and more
    }
    throw malformed(source, field, "is no decimal number from 0 to 2^63 - 1");
  }

  private static FormatException malformed(String source, String field, String problem) {
    return new FormatException.Malformed(source + ": " + field, 0, problem);
  }

  /// The text that is signed.
  public String text() {
    StringBuilder text =
        new StringBuilder(origin)
            .append('\n')
            .append(size)
            .append('\n')
            .append(Base64Text.encode(root.bytes()))
            .append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
