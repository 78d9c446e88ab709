package dev.vidimus.formats.pickle;

import java.util.Optional;

/// Numbers as protocol 0 writes them.
final class TextNumber {
  private TextNumber() {}

  /// An integer literal with an optional `L`; [Long#MAX_VALUE] stands for one that is larger.
  static Optional<Long> parse(String line) {
    String text = line.strip();
    if (text.endsWith("L")) {
      text = text.substring(0, text.length() - 1);
    }
    int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    int radix = radix(text, start);
    int from = radix == 10 ? start : start + 2;
    if (from >= text.length()) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '_') {
        continue;
      }
      int digit = Character.digit(c, radix);
      if (digit < 0 || c > 'z') {
        return Optional.empty();
      }
      value = value > (1L << 52) ? Long.MAX_VALUE : value * radix + digit;
    }
    return Optional.of(value != Long.MAX_VALUE && text.charAt(0) == '-' ? -value : value);
  }

  private static int radix(String text, int start) {
    if (text.length() < start + 2 || text.charAt(start) != '0') {
      return 10;
    }
    return switch (text.charAt(start + 1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  /// Whether Python would parse the text as a float.
  static boolean isFloat(String line) {
    String text = line.strip();
    int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    String rest = text.substring(start);
    if (rest.equalsIgnoreCase("nan")
        || rest.equalsIgnoreCase("inf")
        || rest.equalsIgnoreCase("infinity")) {
      return true;
    }
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if ("0123456789.eE+-_".indexOf(c) < 0) {
        return false;
      }
    }
    try {
      Double.parseDouble(rest.replace("_", ""));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
