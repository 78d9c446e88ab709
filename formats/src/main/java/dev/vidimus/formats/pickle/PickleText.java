package dev.vidimus.formats.pickle;

/// The textual escapes of protocol 0.
final class PickleText {
  private PickleText() {}

  /// `STRING`: a quoted Python 2 literal, its escapes decoded as `codecs.escape_decode` does. A
  /// missing quote, which a loader refuses, is forgiven: the content is what it would have been.
  static String unescapeString(String line) {
    String text = line.strip();
    if (text.length() >= 2
        && (text.charAt(0) == '\'' || text.charAt(0) == '"')
        && text.charAt(text.length() - 1) == text.charAt(0)) {
      text = text.substring(1, text.length() - 1);
    }
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      char escape = text.charAt(++i);
      switch (escape) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'v' -> out.append('\u000b');
        case '\\', '\'', '"' -> out.append(escape);
        case 'x' -> {
          int value = digits(text, i + 1, 2, 16);
          if (value < 0) {
            out.append("\\x");
          } else {
            out.append((char) value);
            i += 2;
          }
        }
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int length = 1;
          while (length < 3
              && i + length < text.length()
              && Character.digit(text.charAt(i + length), 8) >= 0) {
            length++;
          }
          out.append((char) (digits(text, i, length, 8) & 0xff));
          i += length - 1;
        }
        default -> out.append('\\').append(escape);
      }
    }
    return out.toString();
  }

  /// `UNICODE`: Latin-1 text in which an escape by code point stands for a character
  /// (raw-unicode-escape).
  static String unescapeUnicode(String line) {
    if (line.indexOf('\\') < 0) {
      return line;
    }
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      int width = widthOfEscape(line, i);
      int point = width == 0 ? -1 : digits(line, i + 2, width, 16);
      if (point < 0 || point > Character.MAX_CODE_POINT) {
        out.append(c);
      } else {
        out.appendCodePoint(point);
        i += 1 + width;
      }
    }
    return out.toString();
  }

  private static int widthOfEscape(String line, int i) {
    if (line.charAt(i) != '\\' || i + 1 == line.length()) {
      return 0;
    }
    return switch (line.charAt(i + 1)) {
      case 'u' -> 4;
      case 'U' -> 8;
      default -> 0;
    };
  }

  /// The number that exactly `count` digits from `from` on make, or -1.
  private static int digits(String text, int from, int count, int radix) {
    if (from + count > text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value > Integer.MAX_VALUE ? -1 : (int) value;
  }
}
