package dev.vidimus.scan.whole;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Collects what is found. Of one rule only so many are kept, and the last says that there are
/// more: a repository of a million files must not drown what matters.
final class Verdicts {
  private static final int MOST_OF_A_RULE = 100;
  private static final int LONGEST_MESSAGE = 400;

  private final List<Finding> findings = new ArrayList<>();
  private final List<NotExamined> gaps = new ArrayList<>();
  private final Map<GraphRule, Integer> counts = new EnumMap<>(GraphRule.class);

  void report(GraphRule rule, String path, String message) {
    int count = counts.merge(rule, 1, Integer::sum);
    if (count <= MOST_OF_A_RULE) {
      findings.add(rule.at(Location.of(path), Printable.of(message, LONGEST_MESSAGE), ""));
    } else if (count == MOST_OF_A_RULE + 1) {
      findings.add(rule.at(Location.of(path), "and more of the same are not listed", ""));
    }
  }

  void missing(String path, String reason) {
    if (gaps.size() < MOST_OF_A_RULE) {
      gaps.add(new NotExamined(Location.of(path), Printable.of(reason, LONGEST_MESSAGE)));
    }
  }

  List<Finding> findings() {
    return findings;
  }

  List<NotExamined> notExamined() {
    return gaps;
  }
}
