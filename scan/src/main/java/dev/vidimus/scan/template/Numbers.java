package dev.vidimus.scan.template;

/// Whole numbers as templates write them.
final class Numbers {
  private static final int MOST_DIGITS = 18;

  private Numbers() {}

  /// @return -1 for what is no whole number; [Long#MAX_VALUE] for one that is too large
  static long whole(String text) {
    int radix = text.startsWith("0x") ? 16 : text.startsWith("0o") ? 8 : 10;
    String digits = radix == 10 ? text : text.substring(2);
    if (digits.isEmpty()) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), radix) < 0 || digits.charAt(i) > 'z') {
        return radix == 10 && i > 0 && "eE".indexOf(digits.charAt(i)) >= 0 ? Long.MAX_VALUE : -1;
      }
    }
    return digits.length() > (radix == 16 ? 15 : MOST_DIGITS)
        ? Long.MAX_VALUE
        : Long.parseLong(digits, radix);
  }
}
