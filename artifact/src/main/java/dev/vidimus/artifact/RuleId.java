package dev.vidimus.artifact;

/// Name of a rule for ever: `VID-<AREA>-<NNN>`, never given to another rule.
///
/// @param text for example `VID-PICKLE-001`
public record RuleId(String text) implements Comparable<RuleId> {
  /// @throws IllegalArgumentException if the text has another form
  public RuleId {
    if (!hasForm(text)) {
      throw new IllegalArgumentException("a rule id has the form VID-AREA-001: " + text);
    }
  }

  // By hand, because java.util.regex and lambdas cost the start of a short command milliseconds.
  private static boolean hasForm(String text) {
    int dash = text.lastIndexOf('-');
    return text.startsWith("VID-")
        && dash > 4
        && text.length() == dash + 4
        && isAll(text, 4, dash, 'A', 'Z')
        && isAll(text, dash + 1, text.length(), '0', '9');
  }

  private static boolean isAll(String text, int from, int to, char first, char last) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < first || text.charAt(i) > last) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(RuleId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
