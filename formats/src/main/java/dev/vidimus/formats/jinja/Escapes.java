package dev.vidimus.formats.jinja;

/// The escapes of Python's `unicode-escape`, by which Jinja reads its strings.
final class Escapes {
  private Escapes() {}

  /// @param text between the quotes; what is no escape stays as it is
  static String undo(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at = escape(text, at + 1, out);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  /// @param at behind the backslash
  /// @return behind the escape
  private static int escape(String text, int at, StringBuilder out) {
    char c = text.charAt(at);
    int simple = simple(c);
    if (simple >= 0) {
      out.append((char) simple);
      return at + 1;
    }
    if (c == '\n') {
      return at + 1; // a line that goes on
    }
    if (c >= '0' && c <= '7') {
      int end = at;
      while (end < Math.min(text.length(), at + 3)
          && text.charAt(end) >= '0'
          && text.charAt(end) <= '7') {
        end++;
      }
      out.append((char) Integer.parseInt(text, at, end, 8));
      return end;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    int end = at + 1 + digits;
    if (digits > 0 && end <= text.length() && isHex(text, at + 1, end)) {
      long point = Long.parseLong(text, at + 1, end, 16);
      if (point <= Character.MAX_CODE_POINT) {
        out.appendCodePoint((int) point);
        return end;
      }
    }
    out.append('\\').append(c);
    return at + 1;
  }

  private static int simple(char c) {
    return switch (c) {
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case '\\', '\'', '"' -> c;
      default -> -1;
    };
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
