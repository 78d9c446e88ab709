package dev.vidimus.cli.scan;

/// A pattern of relative paths, in the way of `.gitignore`: `*` and `?` stand for anything but `/`,
/// `**` for anything; a pattern without `/` fits at any depth; what fits a folder fits all that is
/// in it. There are no character classes and no negations.
///
/// Matching costs at most pattern × path steps for each of the two stars, because the pattern may
/// be the attacker's.
///
/// @param text as it was given
record Glob(String text) {
  /// Whether the path or a folder above it fits.
  boolean matches(String path) {
    String pattern = text;
    while (pattern.endsWith("/")) {
      pattern = pattern.substring(0, pattern.length() - 1);
    }
    boolean anywhere = pattern.indexOf('/') < 0;
    if (pattern.startsWith("/")) {
      pattern = pattern.substring(1);
    }
    for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      String part = end < 0 ? path : path.substring(0, end);
      if (fits(pattern, anywhere ? part.substring(part.lastIndexOf('/') + 1) : part)) {
        return true;
      }
      if (end < 0) {
        return false;
      }
    }
  }

  /// Both stars remember where they last stood; a `*` gives way to the `**` before it.
  private static boolean fits(String pattern, String path) {
    int p = 0;
    int i = 0;
    int star = -1;
    int starAt = 0;
    int stars = -1;
    int starsAt = 0;
    while (i < path.length()) {
      if (pattern.startsWith("**", p)) {
        p += pattern.startsWith("**/", p) ? 3 : 2; // a/**/b fits a/b too
        stars = p;
        starsAt = i;
        star = -1;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = ++p;
        starAt = i;
      } else if (p < pattern.length() && isSame(pattern.charAt(p), path.charAt(i))) {
        p++;
        i++;
      } else if (star >= 0 && path.charAt(starAt) != '/') {
        p = star;
        i = ++starAt;
      } else if (stars >= 0) {
        p = stars;
        i = ++starsAt;
        star = -1;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean isSame(char pattern, char c) {
    return pattern == c || (pattern == '?' && c != '/');
  }
}
