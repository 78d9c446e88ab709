package dev.vidimus.server.pages;

/// JSON over several lines, for people. Its tokens stay as they are.
final class Indented {
  private Indented() {}

  /// @param json valid, without white space between its tokens
  static String json(String json) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    boolean string = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (string) {
        text.append(c);
        if (c == '\\') {
          text.append(json.charAt(++i));
        } else if (c == '"') {
          string = false;
        }
        continue;
      }
      boolean empty =
          i + 1 < json.length() && (json.charAt(i + 1) == '}' || json.charAt(i + 1) == ']');
      switch (c) {
        case '{', '[' -> {
          text.append(c);
          if (empty) {
            text.append(json.charAt(++i));
          } else {
            line(text, ++depth);
          }
        }
        case '}', ']' -> {
          line(text, --depth);
          text.append(c);
        }
        case ',' -> {
          text.append(c);
          line(text, depth);
        }
        case ':' -> text.append(": ");
        default -> {
          string = c == '"';
          text.append(c);
        }
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, int depth) {
    text.append('\n').repeat("  ", Math.max(0, depth));
  }
}
