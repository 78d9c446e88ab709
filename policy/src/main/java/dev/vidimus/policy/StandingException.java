package dev.vidimus.policy;

import java.time.Instant;
import java.util.List;

/// A rule that the policy itself excepts one artifact from until an instant: a file of
/// `exceptions/`. It is judged as one that people asked for and granted, and both are named.
///
/// @param id unique in the bundle
/// @param rule id of the rule
/// @param artifact exact digest, with its prefix: any alias of the artifact
/// @param reason why it is right
/// @param owner id of whoever asked
/// @param approver id of whoever granted it, another person
/// @param expires when it ends; at this instant it has no effect any more
/// @param tiers where it counts
/// @param place file, line and column
public record StandingException(
    String id,
    String rule,
    String artifact,
    String reason,
    String owner,
    String approver,
    Instant expires,
    List<String> tiers,
    String place) {
  public StandingException {
    tiers = List.copyOf(tiers);
  }

  /// As an exception among the facts.
  Facts.Exempt exempt() {
    return new Facts.Exempt("policy:" + id, rule, owner, approver, expires);
  }
}
