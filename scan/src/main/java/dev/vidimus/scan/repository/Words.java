package dev.vidimus.scan.repository;

/// Tells words from signs.
final class Words {
  /// Latin letters, spaces included, that no single character stands for.
  static final int OF_A_CHARACTER = 9;

  private static final int LATIN_WORD = 3;
  private static final int WORD = 4;

  private Words() {}

  /// Whether a text has a word in it.
  static boolean has(String text) {
    return longestRun(text, false) >= LATIN_WORD || anyRun(text) >= WORD;
  }

  /// Whether a regular expression names a word: what is left without classes and escapes.
  static boolean inPattern(String pattern) {
    StringBuilder plain = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i = escape(pattern, i);
        plain.append('\\');
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth = Math.max(0, depth - 1);
        plain.append(']');
      } else if (depth == 0 && c == '(' && pattern.startsWith("(?", i)) {
        i = flags(pattern, i);
        plain.append('(');
      } else if (depth == 0) {
        plain.append(c);
      }
    }
    return has(plain.toString());
  }

  /// The last character of an escape, such as `\p{Letter}`, `\x41` or `\n`.
  private static int escape(String pattern, int at) {
    if (at + 2 < pattern.length() && pattern.charAt(at + 2) == '{') {
      int end = pattern.indexOf('}', at);
      return end < 0 ? pattern.length() : end;
    }
    char kind = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    return at + (kind == 'u' ? 5 : kind == 'x' ? 3 : 1);
  }

  private static int flags(String pattern, int at) {
    int i = at + 2;
    while (i < pattern.length() && Character.isLetter(pattern.charAt(i))) {
      i++;
    }
    return i < pattern.length() && (pattern.charAt(i) == ':' || pattern.charAt(i) == ')') ? i : at;
  }

  static int longestRun(String text, boolean withSpaces) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLatin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      run = isLatin || (withSpaces && c == ' ' && run > 0) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static int anyRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      run = Character.isLetter(text.codePointAt(i)) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
