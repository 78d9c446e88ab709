package dev.vidimus.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What would change if one policy took another's place.
public final class PolicyDiff {
  private PolicyDiff() {}

  /// One question whose answer changes.
  ///
  /// @param facts what is asked
  /// @param before by the old policy
  /// @param after by the new one
  public record Changed(Facts facts, Decision before, Decision after) {
    /// Ids of the rules because of which it changes: those that block in one and not in the other.
    public Set<String> because() {
      Set<String> old = blocking(before);
      Set<String> fresh = blocking(after);
      Set<String> differ = new TreeSet<>(old);
      differ.addAll(fresh);
      differ.removeIf(rule -> old.contains(rule) && fresh.contains(rule));
      return differ;
    }

    private static Set<String> blocking(Decision decision) {
      Set<String> ids = new TreeSet<>();
      decision.blocking().forEach(result -> ids.add(result.rule().id()));
      return ids;
    }
  }

  /// Replays recorded facts.
  public static List<Changed> of(CheckedPolicy before, CheckedPolicy after, List<Facts> recorded) {
    List<Changed> changed = new ArrayList<>();
    for (Facts facts : recorded) {
      Decision old = before.evaluate(facts);
      Decision fresh = after.evaluate(facts);
      if (old.outcome() != fresh.outcome()) {
        changed.add(new Changed(facts, old, fresh));
      }
    }
    return changed;
  }
}
