package dev.vidimus.policy;

import dev.vidimus.policy.Decision.Status;
import dev.vidimus.policy.PolicyBundle.PolicyCase;
import dev.vidimus.policy.PolicyRule.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Runs the tests that a bundle brings along, and says whether it may be published.
public final class PolicyTests {
  private PolicyTests() {}

  /// How one test went.
  ///
  /// @param test which one
  /// @param found `pass`, `fail` or `unknown`
  public record Result(PolicyCase test, String found) {
    /// Whether it went as expected.
    public boolean ok() {
      return test.expected().equals(found);
    }
  }

  /// Runs every test.
  public static List<Result> run(CheckedPolicy policy) {
    List<Result> results = new ArrayList<>();
    for (PolicyCase test : policy.bundle().cases()) {
      results.add(new Result(test, policy.status(test.rule(), facts(test)).word()));
    }
    return results;
  }

  private static Facts facts(PolicyCase test) {
    Facts.Builder builder = new Facts.Builder();
    builder.put(FactSchema.QUESTION, "tier", test.tier());
    test.facts()
        .forEach(
            (word, fields) -> {
              FactSchema section = FactSchema.ofWord(word);
              if (section != null) {
                fields.forEach((field, value) -> builder.put(section, field, value));
              }
            });
    return builder.build();
  }

  /// Why the bundle may not be published; empty if it may. Every rule that is not off needs a test
  /// in which it passes and one in which it fails, and every test goes as expected.
  public static List<String> obstacles(CheckedPolicy policy) {
    List<String> obstacles = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    for (Result result : run(policy)) {
      if (!result.ok()) {
        obstacles.add(
            result.test().place()
                + ": "
                + result.test().rule()
                + ", "
                + result.test().name()
                + ": expected "
                + result.test().expected()
                + ", found "
                + result.found());
      }
      shown.add(result.test().rule() + " " + result.test().expected());
    }
    for (PolicyRule rule : policy.bundle().rules()) {
      for (Status status : List.of(Status.PASS, Status.FAIL)) {
        if (rule.mode() != Mode.OFF && !shown.contains(rule.id() + " " + status.word())) {
          obstacles.add(
              rule.place()
                  + ": the rule "
                  + rule.id()
                  + " has no test in which it "
                  + verb(status));
        }
      }
    }
    return obstacles;
  }

  private static String verb(Status status) {
    return status == Status.PASS ? "passes" : "fails";
  }
}
