package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;

/// The name of a shard: `path:start:end`. A path may have colons itself, so the last two numbers
/// count, and each number has one spelling.
final class ShardName {
  private static final int MOST_DIGITS = 18; // below 2⁶³
  private static final int PRINTED = 200;

  private ShardName() {}

  static Resource parse(String name, String digest) throws CheckFailed {
    int second = name.lastIndexOf(':');
    int first = second < 0 ? -1 : name.lastIndexOf(':', second - 1);
    if (first >= 0) {
      long start = number(name.substring(first + 1, second));
      long end = number(name.substring(second + 1));
      if (start >= 0 && start < end) {
        return new Resource(name.substring(0, first), start, end, digest);
      }
    }
    throw new CheckFailed(
        "manifest", "the name of a shard, path:start:end", Printable.of(name, PRINTED));
  }

  /// The value of plain digits without a leading zero, or -1.
  private static long number(String digits) {
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && (digits.length() == 1 || digits.charAt(0) != '0');
    return plain ? Long.parseLong(digits) : -1;
  }
}
