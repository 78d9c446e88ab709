package dev.vidimus.scan.archive;

/// Where a member's name leads when it is extracted: on Windows a backslash separates and a letter
/// with a colon is a drive, and an archive does not know where it will be opened.
public final class Paths {
  private Paths() {}

  /// True if the name leads out of the folder it is taken in.
  public static boolean escapes(String name) {
    return isAbsolute(name) || lowest(name, 0) < 0;
  }

  /// True if a link of that name with that target leads out of the folder.
  static boolean linkEscapes(String name, String target) {
    int parent = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    int depth = parent < 0 ? 0 : Math.max(0, depth(name.substring(0, parent)));
    return isAbsolute(target) || lowest(target, depth) < 0;
  }

  public static boolean isAbsolute(String name) {
    if (name.isEmpty()) {
      return false;
    }
    char first = name.charAt(0);
    boolean letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    return isSeparator(first) || (letter && name.length() > 1 && name.charAt(1) == ':');
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }

  /// How deep the name ends.
  private static int depth(String name) {
    return walk(name, 0, false);
  }

  /// The lowest depth that the name passes; below 0 it is outside.
  private static int lowest(String name, int from) {
    return walk(name, from, true);
  }

  private static int walk(String name, int from, boolean wantLowest) {
    int depth = from;
    int lowest = from;
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i < name.length() && !isSeparator(name.charAt(i))) {
        continue;
      }
      int length = i - start;
      if (length == 2 && name.startsWith("..", start)) {
        depth--;
        lowest = Math.min(lowest, depth);
      } else if (length > 0 && !(length == 1 && name.charAt(start) == '.')) {
        depth++;
      }
      start = i + 1;
    }
    return wantLowest ? lowest : depth;
  }
}
