package dev.vidimus.registry.lifecycle;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.registry.change.Change;
import dev.vidimus.registry.change.Draft;
import dev.vidimus.registry.projection.Authority;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.PersonChange;
import dev.vidimus.registry.statement.Role;
import java.util.List;

/// Makes people known to the log, and unknown again.
public final class Enrolment {
  private Enrolment() {}

  /// The first entries of a log: its first admin, who may do everything, and the gate.
  public static Change<String> first(Actor admin, VerifyingKey gate) {
    return session -> {
      if (session.sql().number("SELECT count(*) FROM person") > 0) {
        throw new CheckFailed("first person", "an empty ledger", "one that knows people");
      }
      PersonChange self =
          new PersonChange(
              admin.id(), false, false, List.of(Role.values()), admin.key().verifying().pem());
      session.append(draft(admin, self));
      PersonChange machine = new PersonChange(Authority.GATE, false, true, List.of(), gate.pem());
      session.append(draft(admin, machine));
      return admin.id();
    };
  }

  /// Somebody is known from now on, or with other roles or another key.
  public static Change<String> add(
      Actor admin, String id, boolean service, List<Role> roles, VerifyingKey key) {
    return session -> {
      session.append(draft(admin, new PersonChange(id, false, service, roles, key.pem())));
      return id;
    };
  }

  /// Somebody may do nothing from now on. What they did before stands.
  public static Change<String> remove(Actor admin, String id) {
    return session -> {
      Authority.Known known = session.authority().require(id);
      long admins =
          session
              .sql()
              .number(
                  "SELECT count(*) FROM person WHERE removed = 0 AND roles LIKE '%admin%'"
                      + " AND id <> ?",
                  id);
      if (admins == 0) {
        throw new CheckFailed("admins", "another admin who stays", "none but " + id);
      }
      session.append(
          draft(admin, new PersonChange(id, true, known.service(), known.roles(), known.key())));
      return id;
    };
  }

  private static Draft draft(Actor admin, PersonChange change) {
    return new Draft(Kind.PERSON, admin.id(), List.of(), change.json(), admin.key());
  }
}
