package dev.vidimus.inventory.names;

/// How many letters two names are apart.
final class EditDistance {
  private EditDistance() {}

  /// Whether one insertion, deletion, replacement or exchange of neighbours makes one of the other.
  static boolean isOne(String left, String right) {
    String longer = left.length() >= right.length() ? left : right;
    String shorter = left.length() >= right.length() ? right : left;
    int difference = longer.length() - shorter.length();
    if (difference > 1 || left.equals(right)) {
      return false;
    }
    int at = 0;
    while (at < shorter.length() && shorter.charAt(at) == longer.charAt(at)) {
      at++;
    }
    if (difference == 1) {
      return shorter.substring(at).equals(longer.substring(at + 1));
    }
    if (shorter.substring(at + 1).equals(longer.substring(at + 1))) {
      return true;
    }
    return at + 1 < shorter.length()
        && shorter.charAt(at) == longer.charAt(at + 1)
        && shorter.charAt(at + 1) == longer.charAt(at)
        && shorter.substring(at + 2).equals(longer.substring(at + 2));
  }
}
