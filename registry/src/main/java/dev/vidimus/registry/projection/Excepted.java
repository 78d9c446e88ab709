package dev.vidimus.registry.projection;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.statement.BreakGlass;
import dev.vidimus.registry.statement.ExceptionGrant;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;

/// What is let through for a while, and for whom.
final class Excepted {
  private final Sql sql;

  Excepted(Sql sql) {
    this.sql = sql;
  }

  void apply(Entered entered) throws IOException, FormatException, CheckFailed {
    if (entered.kind() == Kind.EXCEPTION) {
      exception(entered, ExceptionGrant.read(entered.statement().predicate()));
    } else {
      glass(entered, BreakGlass.read(entered.statement().predicate()));
    }
  }

  private void exception(Entered entered, ExceptionGrant grant) throws IOException, CheckFailed {
    String request = grant.grants();
    if (request == null) {
      sql.run(
          "INSERT INTO exception (idx, snapshot, rule, reason, owner, created, expires, envelope)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          entered.index(),
          entered.snapshot(),
          grant.rule(),
          grant.reason(),
          entered.actor(),
          entered.time(),
          grant.expires(),
          entered.envelope());
      return;
    }
    // The grant repeats what it grants, so that a signature covers it; nobody grants their own.
    int granted =
        sql.run(
            "UPDATE exception SET approver = ?, granted = ? WHERE envelope = ? AND snapshot = ?"
                + " AND rule = ? AND expires = ? AND owner <> ? AND approver IS NULL",
            entered.actor(),
            entered.envelope(),
            request,
            entered.snapshot(),
            grant.rule(),
            grant.expires(),
            entered.actor());
    if (granted == 0) {
      throw new CheckFailed("exception", "the request of another person, not granted yet", request);
    }
  }

  private void glass(Entered entered, BreakGlass glass) throws IOException {
    sql.run(
        "INSERT INTO break_glass (idx, snapshot, environment, incident, reason, actor, opened,"
            + " expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        entered.index(),
        entered.snapshot(),
        glass.environment(),
        glass.incident(),
        glass.reason(),
        entered.actor(),
        entered.time(),
        glass.expires());
  }
}
