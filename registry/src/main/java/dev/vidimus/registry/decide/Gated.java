package dev.vidimus.registry.decide;

import dev.vidimus.policy.Decision.RuleResult;

/// Whether an artifact may run somewhere at an instant.
///
/// @param decided what the policy says at the stage `deploy`; `promoted` if it was let in there
/// @param glass whether somebody broke the glass for it
public record Gated(Decided decided, boolean glass) {
  /// The answer. Broken glass stands in for approvals and for every rule of which an exception may
  /// be made; no emergency lets run what is revoked or known to be an attack.
  public boolean open() {
    return glass
        ? decided.decision().blocking().stream().map(RuleResult::rule).allMatch(r -> r.exceptable())
        : decided.promoted() && decided.decision().passed();
  }
}
