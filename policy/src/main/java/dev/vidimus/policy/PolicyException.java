package dev.vidimus.policy;

import java.util.List;

/// A policy bundle that cannot be used.
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /// @param problems each with file, line and column
  public PolicyException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  PolicyException(String problem) {
    this(List.of(problem));
  }

  /// Everything that is wrong, one a line: `rules/scan.yaml:12:7: …`.
  public List<String> problems() {
    return problems;
  }
}
