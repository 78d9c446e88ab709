package dev.vidimus.cli.registry;

import dev.vidimus.cli.args.UsageException;
import java.time.Duration;

/// Durations as people write them: `30m`, `12h`, `14d`.
final class Durations {
  private static final int LONGEST = 9;

  private Durations() {}

  static Duration parse(String text) throws UsageException {
    if (text.length() >= 2
        && text.length() <= LONGEST
        && text.chars().limit(text.length() - 1L).allMatch(c -> c >= '0' && c <= '9')) {
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      Duration duration =
          switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> null;
          };
      if (duration != null) {
        return duration;
      }
    }
    throw new UsageException("no duration: " + text, "such as 30m, 12h or 14d");
  }
}
