package dev.vidimus.inventory.advisories;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import us.springett.cvss.Cvss;

/// How bad a fault is.
///
/// @param score 0 to 10 by [CVSS](https://www.first.org/cvss/); -1 if no vector can be read
/// @param word `none`, `low`, `medium`, `high`, `critical` or `unknown`
public record Rating(double score, String word) {
  private static final int LONGEST = 512;
  private static final int MOST_KNOWN = 10_000;

  /// Few vectors are given to many records, and computing one costs more than reading the record.
  private static final Map<String, Double> KNOWN = new ConcurrentHashMap<>();

  /// Of a record: the worst of its vectors, else the word of its database.
  public static Rating of(Advisory advisory) {
    double worst = -1;
    for (Advisory.Severity severity : advisory.severities()) {
      worst = Math.max(worst, score(severity.vector()));
    }
    if (worst >= 0) {
      return new Rating(worst, word(worst));
    }
    return switch (advisory.rating().toLowerCase(Locale.ROOT)) {
      case "critical" -> new Rating(-1, "critical");
      case "high", "important" -> new Rating(-1, "high");
      case "moderate", "medium" -> new Rating(-1, "medium");
      case "low" -> new Rating(-1, "low");
      default -> new Rating(-1, "unknown");
    };
  }

  private static double score(String vector) {
    if (vector.length() > LONGEST) {
      return -1;
    }
    if (KNOWN.size() >= MOST_KNOWN) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(vector, Rating::computed);
  }

  private static double computed(String vector) {
    try {
      Cvss cvss = Cvss.fromVector(vector);
      return cvss == null ? -1 : cvss.calculateScore().getBaseScore();
    } catch (RuntimeException e) {
      return -1; // the library's own way to say that it is none
    }
  }

  private static String word(double score) {
    if (score >= 9) {
      return "critical";
    }
    if (score >= 7) {
      return "high";
    }
    return score >= 4 ? "medium" : score > 0 ? "low" : "none";
  }

  /// Whether it is high or critical, or nobody knows.
  public boolean isSerious() {
    return switch (word) {
      case "none", "low", "medium" -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return score < 0 ? word : word + " " + String.format(Locale.ROOT, "%.1f", score);
  }
}
