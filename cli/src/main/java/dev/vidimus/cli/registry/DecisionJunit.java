package dev.vidimus.cli.registry;

import dev.vidimus.policy.Decision.RuleResult;
import dev.vidimus.policy.Decision.Status;
import dev.vidimus.registry.decide.Decided;

/// A decision as JUnit's XML: a test case for each rule. What only warns is skipped, not failed.
final class DecisionJunit {
  private DecisionJunit() {}

  static String of(Decided decided) {
    StringBuilder cases = new StringBuilder();
    int failures = 0;
    int errors = 0;
    int skipped = 0;
    for (RuleResult result : decided.decision().rules()) {
      cases.append("    <testcase classname=\"").append(escaped(decided.artifact().label()));
      cases.append("\" name=\"").append(escaped(result.rule().id())).append("\"");
      if (result.status() == Status.PASS || result.status() == Status.EXCEPTED) {
        cases.append("/>\n");
        continue;
      }
      String element = "skipped";
      if (result.blocks() && result.status() == Status.FAIL) {
        element = "failure";
        failures++;
      } else if (result.blocks()) {
        element = "error";
        errors++;
      } else {
        skipped++;
      }
      cases.append("><").append(element).append(" message=\"");
      cases.append(escaped(result.message())).append("\"/></testcase>\n");
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\""
        + escaped("vidimus gate " + decided.environment())
        + "\" tests=\""
        + decided.decision().rules().size()
        + "\" failures=\""
        + failures
        + "\" errors=\""
        + errors
        + "\" skipped=\""
        + skipped
        + "\">\n"
        + cases
        + "  </testsuite>\n</testsuites>\n";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(c < ' ' ? '\ufffd' : c);
              }
            });
    return escaped.toString();
  }
}
