package dev.vidimus.formats.detect;

/// What the first bytes of a text say about it.
final class TextHead {
  private static final String WHITE = " \t\r\n\f";

  private TextHead() {}

  /// UTF-8 without control characters other than those of layout. The last character may be cut
  // off.
  static boolean isUtf8(byte[] head) {
    int at = 0;
    while (at < head.length) {
      int first = head[at] & 0xff;
      if (first < 0x80) {
        if (isControl(first)) {
          return false;
        }
        at++;
        continue;
      }
      int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      if (first < 0xc2 || first > 0xf4) {
        return false;
      }
      for (int i = 1; i < length && at + i < head.length; i++) {
        if ((head[at + i] & 0xc0) != 0x80) {
          return false;
        }
      }
      at += length;
    }
    return true;
  }

  /// Text in some encoding that extends ASCII: no control characters, whatever the other bytes are.
  static boolean isLatin(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && isControl(b)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isControl(int c) {
    if (c >= ' ') {
      return c == 0x7f;
    }
    return c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b;
  }

  /// An interpreter's name follows `#!`.
  static boolean isScript(byte[] head) {
    return head.length > 2
        && head[0] == '#'
        && head[1] == '!'
        && (head[2] == '/' || head[2] == ' ');
  }

  /// Two lines of a token in Base64, a space, and a number.
  static boolean isTiktoken(byte[] head) {
    int at = 0;
    for (int line = 0; line < 2; line++) {
      int start = at;
      while (at < head.length && isBase64(head[at])) {
        at++;
      }
      if (at == start || (at - start) % 4 != 0 || at == head.length || head[at] != ' ') {
        return false;
      }
      int digits = ++at;
      while (at < head.length && head[at] >= '0' && head[at] <= '9') {
        at++;
      }
      if (at == digits || at == head.length || head[at] != '\n') {
        return false;
      }
      at++;
    }
    return true;
  }

  private static boolean isBase64(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/'
        || b == '=';
  }

  /// A page, after white space, a byte order mark and comments.
  static boolean isHtml(byte[] head) {
    int at = start(head);
    while (startsWith(head, at, "<!--") || startsWith(head, at, "<?xml")) {
      int end = indexOf(head, at, '>');
      if (end < 0) {
        return false;
      }
      at = skipWhite(head, end + 1);
    }
    return startsWith(head, at, "<!doctype html")
        || startsWith(head, at, "<html")
        || startsWith(head, at, "<head>")
        || startsWith(head, at, "<body")
        || startsWith(head, at, "<script");
  }

  static boolean isXml(byte[] head) {
    return startsWith(head, start(head), "<?xml") || startsWith(head, start(head), "<!doctype ");
  }

  /// A brace or bracket and what may follow it, so that `[1] Some author` is not taken for JSON.
  static boolean isJson(byte[] head) {
    int at = start(head);
    if (at >= head.length || (head[at] != '{' && head[at] != '[')) {
      return false;
    }
    char open = (char) head[at];
    at = skipWhite(head, at + 1);
    if (at >= head.length) {
      return false;
    }
    return open == '{'
        ? head[at] == '"' || head[at] == '}'
        : "\"{[]-0123456789tfn".indexOf(head[at]) >= 0;
  }

  private static int start(byte[] head) {
    boolean marked =
        head.length >= 3
            && (head[0] & 0xff) == 0xef
            && (head[1] & 0xff) == 0xbb
            && (head[2] & 0xff) == 0xbf;
    return skipWhite(head, marked ? 3 : 0);
  }

  private static int skipWhite(byte[] head, int from) {
    int at = from;
    while (at < head.length && WHITE.indexOf(head[at]) >= 0) {
      at++;
    }
    return at;
  }

  private static int indexOf(byte[] head, int from, char c) {
    for (int i = from; i < head.length; i++) {
      if (head[i] == c) {
        return i;
      }
    }
    return -1;
  }

  /// @param lower in lower case; the head may have either
  private static boolean startsWith(byte[] head, int at, String lower) {
    if (head.length - at < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      int c = head[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
