package dev.vidimus.policy;

import java.util.Collection;
import java.util.List;

/// Who may take a step of an artifact's life, and from where. It narrows what the registry demands
/// anyway, and never widens it.
///
/// @param to the step, such as `promoted`
/// @param from states of the artifact from which it may be taken
/// @param roles of which a person needs one
public record Transition(String to, List<String> from, List<String> roles) {
  /// Every step. `excepted` is an exception that is asked for or granted.
  public static final List<String> STEPS =
      List.of(
          "approved",
          "rejected",
          "promoted",
          "deployed",
          "retired",
          "deprecated",
          "revoked",
          "excepted",
          "break-glass");

  /// Every state.
  public static final List<String> STATES =
      List.of("quarantined", "inspected", "approved", "rejected", "expired", "revoked");

  /// Every role.
  public static final List<String> ROLES =
      List.of("submitter", "reviewer", "security", "release", "deployer", "auditor", "admin");

  /// Steps towards safety, which no state of an artifact may keep anybody from.
  static final List<String> SAFE = List.of("rejected", "retired", "revoked");

  public Transition {
    from = List.copyOf(from);
    roles = List.copyOf(roles);
  }

  /// Whether somebody with these roles may take it.
  public boolean allows(Collection<String> roles) {
    return roles.stream().anyMatch(this.roles::contains);
  }
}
