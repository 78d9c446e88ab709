package dev.vidimus.registry.projection;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.registry.statement.Approval;
import dev.vidimus.registry.statement.Decision;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.State;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;

/// What people and policy said of an artifact in an environment.
final class Decided {
  private final Sql sql;

  Decided(Sql sql) {
    this.sql = sql;
  }

  void apply(Entered entered) throws IOException, FormatException {
    if (entered.kind() == Kind.DECISION) {
      decision(entered, Decision.read(entered.statement().predicate()));
    } else {
      approval(entered, Approval.read(entered.statement().predicate()));
    }
  }

  private void decision(Entered entered, Decision decision) throws IOException {
    sql.run(
        "INSERT INTO decision (idx, snapshot, environment, stage, passed, outcome, policy,"
            + " evidence, envelope, facts, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entered.index(),
        entered.snapshot(),
        decision.environment(),
        decision.stage(),
        decision.passed(),
        decision.outcome(),
        decision.policy(),
        decision.evidence(),
        entered.envelope(),
        decision.facts(),
        decision.time());
    if (decision.passed() && decision.stage().equals("promote")) {
      promote(entered, decision.environment());
    }
  }

  /// It takes the place of what was promoted there under its name.
  private void promote(Entered entered, String environment) throws IOException {
    String name =
        sql.first(
            "SELECT name FROM artifact WHERE snapshot = ?", row -> row.text(1), entered.snapshot());
    sql.run(
        "UPDATE promotion SET until = ? WHERE name = ? AND environment = ? AND until IS NULL",
        entered.time(),
        name,
        environment);
    sql.run(
        "INSERT INTO promotion (snapshot, environment, name, decision, since, idx)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        entered.snapshot(),
        environment,
        name,
        entered.envelope(),
        entered.time(),
        entered.index());
    state(entered.snapshot(), State.APPROVED);
  }

  private void approval(Entered entered, Approval approval) throws IOException {
    sql.run(
        "INSERT INTO approval (idx, snapshot, environment, person, policy, evidence, rejected,"
            + " reason, envelope, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entered.index(),
        entered.snapshot(),
        approval.environment(),
        entered.actor(),
        approval.policy(),
        approval.evidence(),
        approval.rejected(),
        approval.reason(),
        entered.envelope(),
        entered.time());
    if (approval.rejected()) {
      state(entered.snapshot(), State.REJECTED);
    }
  }

  private void state(String snapshot, State state) throws IOException {
    sql.run(
        "UPDATE artifact SET state = ? WHERE snapshot = ? AND state <> ?",
        state.word(),
        snapshot,
        State.REVOKED.word());
  }
}
