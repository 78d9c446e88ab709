package dev.vidimus.server.identity;

import dev.vidimus.registry.statement.Role;
import java.util.Set;

/// What a route needs of its caller. The registry checks every act again by its own rules; this
/// only keeps out early who would be refused anyway, and who may not even look.
public enum Permission {
  /// Anybody, whether known or not.
  PUBLIC(Set.of()),
  /// A token for an environment.
  PULL(Set.of()),
  /// Anybody with a role.
  READ(Set.of(Role.values())),
  SUBMIT(Set.of(Role.SUBMITTER)),
  REVIEW(Set.of(Role.REVIEWER, Role.SECURITY)),
  RELEASE(Set.of(Role.RELEASE, Role.ADMIN)),
  DEPRECATE(Set.of(Role.RELEASE, Role.SECURITY, Role.SUBMITTER)),
  DEPLOY(Set.of(Role.DEPLOYER)),
  SECURITY(Set.of(Role.SECURITY)),
  BREAK_GLASS(Set.of(Role.SECURITY, Role.RELEASE)),
  AUDIT(Set.of(Role.AUDITOR, Role.ADMIN)),
  ADMIN(Set.of(Role.ADMIN));

  private final Set<Role> roles;

  Permission(Set<Role> roles) {
    this.roles = roles;
  }

  /// Roles of which the caller needs one; empty if it is not about roles.
  public Set<Role> roles() {
    return roles;
  }

  /// Whether a caller has it.
  public boolean isOf(Caller caller) {
    return switch (this) {
      case PUBLIC -> true;
      case PULL -> !caller.environment().isEmpty();
      default -> caller.roles().stream().anyMatch(roles::contains);
    };
  }
}
