package dev.vidimus.registry.projection;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.PersonChange;
import dev.vidimus.registry.statement.PolicyPublication;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.stream.Collectors;

/// People and policies.
final class RuleMakers {
  private final Sql sql;

  RuleMakers(Sql sql) {
    this.sql = sql;
  }

  void apply(Entered entered) throws IOException, FormatException {
    if (entered.kind() == Kind.PERSON) {
      person(entered, PersonChange.read(entered.statement().predicate()));
    } else {
      policy(entered, PolicyPublication.read(entered.statement().predicate()));
    }
  }

  private void person(Entered entered, PersonChange change) throws IOException {
    sql.run(
        "INSERT INTO person (id, key, roles, service, removed, idx) VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET key = excluded.key, roles = excluded.roles,"
            + " service = excluded.service, removed = excluded.removed, idx = excluded.idx",
        change.id(),
        change.key(),
        change.roles().stream().map(Role::word).collect(Collectors.joining(",")),
        change.service(),
        change.removed(),
        entered.index());
  }

  private void policy(Entered entered, PolicyPublication policy) throws IOException {
    sql.run(
        "INSERT INTO policy (digest, name, version, bundle, actor, time, idx)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        entered.snapshot(),
        policy.name(),
        policy.version(),
        policy.bundle(),
        entered.actor(),
        entered.time(),
        entered.index());
  }
}
