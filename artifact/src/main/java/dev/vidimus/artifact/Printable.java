package dev.vidimus.artifact;

/// Makes text from an artifact safe to show: control, format and bidirectional characters are
/// escaped, and long text is shortened in the middle. Hostile names and payloads pass through here
/// before they reach a terminal, a page or a log.
public final class Printable {
  private Printable() {}

  /// At most `most` characters of the text (at least 8), with everything that is not plainly
  /// visible escaped in the way of Java and Python strings.
  public static String of(CharSequence text, int most) {
    int length = text.length();
    if (length <= most) {
      return escape(new StringBuilder(length + 16), text, 0, length).toString();
    }
    int headLength = most * 2 / 3;
    int tailLength = most - headLength - 1;
    StringBuilder out = new StringBuilder(most + 16);
    escape(out, text, 0, headLength).append('…');
    return escape(out, text, length - tailLength, length).toString();
  }

  private static StringBuilder escape(StringBuilder out, CharSequence text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        if (isVisible(point)) {
          out.appendCodePoint(point);
        } else {
          hex(out.append("\\U"), point, 8);
        }
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (c == '\r') {
        out.append("\\r");
      } else if (isVisible(c)) {
        out.append(c);
      } else if (c < 0x100) {
        hex(out.append("\\x"), c, 2);
      } else {
        hex(out.append("\\u"), c, 4);
      }
    }
    return out;
  }

  private static boolean isVisible(int point) {
    if (point < 0x7f) {
      return point >= ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT, // bidirectional overrides and zero-width characters are of this kind
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void hex(StringBuilder out, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit((value >>> shift) & 0xf, 16));
    }
  }
}
