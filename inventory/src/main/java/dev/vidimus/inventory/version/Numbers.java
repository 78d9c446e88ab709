package dev.vidimus.inventory.version;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Numbers with dots between them: all there is to nearly every version.
final class Numbers {
  /// Digits that fit into 64 bits whatever they are.
  private static final int SHORT = 18;

  private Numbers() {}

  /// The numbers of a text that is nothing else, without zeros at the end; empty if it is something
  /// else, or one of its numbers is long.
  static List<BigInteger> of(String text) {
    List<BigInteger> numbers = new ArrayList<>(4);
    int used = 0;
    int start = 0;
    long number = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (i == start) {
          return List.of();
        }
        numbers.add(BigInteger.valueOf(number));
        used = number == 0 && used > 0 ? used : numbers.size();
        start = i + 1;
        number = 0;
      } else if (c >= '0' && c <= '9' && i - start < SHORT) {
        number = 10 * number + (c - '0');
      } else {
        return List.of();
      }
    }
    return List.copyOf(numbers.subList(0, used));
  }

  /// The numbers of a text that a pattern has proved to be such, without zeros at the end.
  static List<BigInteger> exact(String text) {
    List<BigInteger> numbers = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      numbers.add(new BigInteger(part));
    }
    while (numbers.size() > 1 && numbers.getLast().signum() == 0) {
      numbers.removeLast();
    }
    return List.copyOf(numbers);
  }
}
