package dev.vidimus.registry.projection;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.registry.statement.Deployment;
import dev.vidimus.registry.statement.Deprecation;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.Revocation;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;

/// Where artifacts run, and which must not any more.
final class Used {
  private final Sql sql;
  private final Standing standing;

  Used(Sql sql) {
    this.sql = sql;
    this.standing = new Standing(sql);
  }

  void apply(Entered entered) throws IOException, FormatException {
    if (entered.kind() == Kind.DEPLOYMENT) {
      deployment(entered, Deployment.read(entered.statement().predicate()));
    } else if (entered.kind() == Kind.REVOCATION) {
      revocation(entered, Revocation.read(entered.statement().predicate()));
    } else {
      deprecation(entered, Deprecation.read(entered.statement().predicate()));
    }
  }

  private void deployment(Entered entered, Deployment deployment) throws IOException {
    // A workload runs one artifact: the next takes the place of the last.
    sql.run(
        "UPDATE deployment SET until = ? WHERE environment = ? AND workload = ? AND until IS NULL",
        entered.time(),
        deployment.environment(),
        deployment.workload());
    if (!deployment.retired()) {
      sql.run(
          "INSERT INTO deployment (idx, snapshot, environment, workload, config, actor, since)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?)",
          entered.index(),
          entered.snapshot(),
          deployment.environment(),
          deployment.workload(),
          deployment.config(),
          entered.actor(),
          entered.time());
    }
  }

  private void revocation(Entered entered, Revocation revocation) throws IOException {
    sql.run(
        "INSERT INTO revocation (idx, malicious, reason, actor, envelope, time)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        entered.index(),
        revocation.malicious(),
        revocation.reason(),
        entered.actor(),
        entered.envelope(),
        entered.time());
    for (String selector : revocation.selectors()) {
      sql.run(
          "INSERT INTO revoked_selector (selector, idx) VALUES (?, ?) ON CONFLICT DO NOTHING",
          selector,
          entered.index());
      standing.revoked(selector);
    }
  }

  private void deprecation(Entered entered, Deprecation deprecation) throws IOException {
    sql.run(
        "INSERT INTO deprecation (snapshot, replacement, reason, actor, time, idx)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (snapshot) DO UPDATE SET"
            + " replacement = excluded.replacement, reason = excluded.reason,"
            + " actor = excluded.actor, time = excluded.time, idx = excluded.idx",
        entered.snapshot(),
        deprecation.replacement(),
        deprecation.reason(),
        entered.actor(),
        entered.time(),
        entered.index());
  }
}
