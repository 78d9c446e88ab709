package dev.vidimus.registry.decide;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.PolicyBundle;
import dev.vidimus.policy.Transition;
import dev.vidimus.registry.change.Draft;
import dev.vidimus.registry.change.Guard;
import dev.vidimus.registry.change.Session;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.projection.Authority;
import dev.vidimus.registry.question.Standing;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.statement.State;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The policy's `transitions.yaml`: who may take which step of an artifact's life, and from where.
/// It narrows what the registry demands of the people of a statement, and never widens it.
public final class Steps implements Guard {
  private final Supplier<TileSource> log;
  private final Policies policies;

  /// @param log where bundles lie beside the envelopes
  public Steps(Supplier<TileSource> log, Policies policies) {
    this.log = log;
    this.policies = policies;
  }

  @Override
  public void require(Session session, Draft draft) throws IOException, CheckFailed {
    String step = step(draft);
    if (step == null) {
      return;
    }
    CheckedPolicy policy;
    try {
      policy = Deciding.policy(session.sql(), log.get(), policies);
    } catch (FormatException e) {
      throw new CheckFailed("policy", "one that can be read", String.valueOf(e.getMessage()));
    }
    if (policy != null) {
      String snapshot = draft.subjects().isEmpty() ? "" : Acts.snapshot(draft.subjects());
      require(session, policy.bundle(), draft.actor(), snapshot, step);
    }
  }

  private static @Nullable String step(Draft draft) {
    return switch (draft.kind()) {
      case PERSON, POLICY, INTAKE, INSPECTION, DERIVATION, DECISION -> null;
      case APPROVAL ->
          "approve".equals(draft.predicate().string("answer")) ? "approved" : "rejected";
      case DEPLOYMENT ->
          "deploy".equals(draft.predicate().string("action")) ? "deployed" : "retired";
      case REVOCATION -> "revoked";
      case DEPRECATION -> "deprecated";
      case EXCEPTION -> "excepted";
      case BREAK_GLASS -> "break-glass";
    };
  }

  /// Requires that somebody may take a step.
  ///
  /// @param snapshot what it is about; empty if it is about no artifact that is known
  static void require(
      Session session, PolicyBundle policy, String actor, String snapshot, String step)
      throws IOException, CheckFailed {
    Transition transition = policy.transition(step);
    if (transition == null) {
      return;
    }
    List<String> roles = roles(session.authority().require(actor));
    if (!transition.allows(roles)) {
      throw new CheckFailed(
          "transition to " + step, "one of the roles " + transition.roles(), actor + " " + roles);
    }
    String state = Standing.of(session.sql(), snapshot, session.now());
    // What is revoked has its own, clearer refusals.
    if (!state.isEmpty()
        && !state.equals(State.REVOKED.word())
        && !transition.from().contains(state)) {
      throw new CheckFailed(
          "transition to " + step,
          "an artifact that is " + String.join(" or ", transition.from()),
          state + (state.equals(State.EXPIRED.word()) ? "; admit it again" : ""));
    }
  }

  static List<String> roles(Authority.Known known) {
    return known.roles().stream().map(Role::word).toList();
  }
}
