package dev.vidimus.formats.python;

/// The [escapes](https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences) of
/// strings. A name of a character (`\N{…}`) stays as it is.
final class PyEscapes {
  private PyEscapes() {}

  static String undo(String text, boolean isBytes) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at = escape(text, at + 1, isBytes, out);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static int escape(String text, int at, boolean isBytes, StringBuilder out) {
    char c = text.charAt(at);
    if (c >= '0' && c <= '7') {
      int end = at + 1;
      while (end < Math.min(text.length(), at + 3)
          && text.charAt(end) >= '0'
          && text.charAt(end) <= '7') {
        end++;
      }
      out.append((char) Integer.parseInt(text, at, end, 8));
      return end;
    }
    int digits = c == 'x' ? 2 : isBytes ? 0 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    int end = at + 1 + digits;
    if (digits > 0 && end <= text.length() && isHex(text, at + 1, end)) {
      long point = Long.parseLong(text, at + 1, end, 16);
      if (point <= Character.MAX_CODE_POINT) {
        out.appendCodePoint((int) point);
        return end;
      }
    }
    switch (c) {
      case '\n' -> {}
      case 'a' -> out.append((char) 7);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append((char) 11);
      case '\\', '\'', '"' -> out.append(c);
      default -> out.append('\\').append(c);
    }
    return at + 1;
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
