package dev.vidimus.cli.registry;

import dev.vidimus.policy.Decision;
import dev.vidimus.policy.Decision.RuleResult;
import dev.vidimus.policy.Decision.Status;
import dev.vidimus.policy.PolicyRule.Mode;
import dev.vidimus.registry.decide.Decided;
import java.util.List;
import java.util.Map;

/// A decision as it is printed: what it is, why, and what would change it.
final class DecisionText {
  private DecisionText() {}

  static String word(Decision.Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "PASSED";
      case AWAITING_APPROVAL -> "AWAITING APPROVAL";
      case FAILED -> "FAILED";
      case UNKNOWN -> "COULD NOT TELL";
    };
  }

  /// @param whole whether rules that pass are printed, too
  static String of(Decided decided, boolean whole) {
    StringBuilder text = new StringBuilder();
    Decision decision = decided.decision();
    text.append(decided.artifact().label()).append(" for ").append(decided.environment());
    text.append(": ").append(word(decision.outcome())).append('\n');
    for (RuleResult result : decision.rules()) {
      if (whole || result.status() != Status.PASS) {
        rule(text, result, whole);
      }
    }
    if (decision.until() != null && (whole || decision.expired())) {
      text.append(decision.expired() ? "evidence expired on " : "evidence holds until ");
      text.append(decision.until()).append('\n');
    }
    List<String> actions = decision.actions();
    if (!actions.isEmpty()) {
      text.append("to pass:\n");
      actions.forEach(action -> text.append("  ").append(action).append('\n'));
    }
    return text.toString();
  }

  private static void rule(StringBuilder text, RuleResult result, boolean whole) {
    boolean soft = result.mode() != Mode.ENFORCE && result.status() != Status.PASS;
    text.append("  ").append(result.status().word());
    text.append(soft ? " (" + result.mode().word() + ")" : "").append("  ");
    text.append(result.rule().id()).append(": ");
    text.append(result.message().isEmpty() ? result.rule().title() : result.message());
    text.append('\n');
    if (whole) {
      for (Map.Entry<String, Object> value : result.values().entrySet()) {
        text.append("      ").append(value.getKey()).append(" = ").append(value.getValue());
        text.append('\n');
      }
      if (!result.evidence().isEmpty()) {
        text.append("      evidence ").append(String.join(" ", result.evidence())).append('\n');
      }
    }
  }
}
