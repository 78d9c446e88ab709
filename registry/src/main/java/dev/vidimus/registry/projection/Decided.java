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
            + " evidence, envelope, facts, time, until)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        decision.time(),
        decision.until());
    if (decision.passed() && decision.stage().equals("promote")) {
      promote(entered, decision.environment(), decision.resource());
    }
  }

  /// It takes the place of what was promoted there under the name of the decision.
  private void promote(Entered entered, String environment, String resource) throws IOException {
    String label =
        resource.substring(resource.indexOf("://") < 0 ? 0 : resource.indexOf("://") + 3);
    String name =
        sql.first(
            "SELECT name FROM submission WHERE snapshot = ?"
                + " ORDER BY CASE WHEN name || '@' || version = ? THEN 0 ELSE 1 END, idx LIMIT 1",
            row -> row.text(1),
            entered.snapshot(),
            label);
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
    if (approval.rejected()) { // one person ends what two let in
      sql.run(
          "UPDATE promotion SET until = ? WHERE snapshot = ? AND environment = ? AND until IS NULL",
          entered.time(),
          entered.snapshot(),
          approval.environment());
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
