package dev.vidimus.artifact;

/// The order of paths in everything that is hashed or signed.
public final class PathOrder {
  private PathOrder() {}

  /// Order of the UTF-8 bytes, which is the order of the code points but not that of Java's chars.
  public static int compareAsUtf8(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean lastPlaneX = Character.isSurrogate(x);
        boolean lastPlaneY = Character.isSurrogate(y);
        // A surrogate stands for a code point above every char that is none.
        return lastPlaneX == lastPlaneY ? x - y : lastPlaneX ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
