package dev.vidimus.registry.projection;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.PersonChange;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.statement.Sealing;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Who may say what. The gate signs what is examined and decided, people what they answer for.
public final class Authority {
  /// The id of the gate among people.
  public static final String GATE = "gate";

  private final Sql sql;

  public Authority(Sql sql) {
    this.sql = sql;
  }

  /// Roles of which the actor needs one.
  public static Set<Role> roles(Kind kind) {
    return switch (kind) {
      case PERSON -> Set.of(Role.ADMIN);
      case POLICY, REVOCATION -> Set.of(Role.SECURITY);
      case INTAKE -> Set.of(Role.SUBMITTER);
      case INSPECTION, DERIVATION, DECISION -> Set.of(Role.values());
      case APPROVAL -> Set.of(Role.REVIEWER, Role.SECURITY);
      case DEPLOYMENT -> Set.of(Role.DEPLOYER);
      case DEPRECATION -> Set.of(Role.RELEASE, Role.SECURITY, Role.SUBMITTER);
      case EXCEPTION -> Set.of(Role.REVIEWER, Role.SECURITY);
      case BREAK_GLASS -> Set.of(Role.SECURITY, Role.RELEASE);
    };
  }

  /// Whether the gate signs it, for whoever caused it.
  public static boolean isOfTheGate(Kind kind) {
    return switch (kind) {
      case INTAKE, INSPECTION, DERIVATION, DECISION, DEPLOYMENT -> true;
      case PERSON, POLICY, APPROVAL, REVOCATION, DEPRECATION, EXCEPTION, BREAK_GLASS -> false;
    };
  }

  /// Somebody as the log knows them.
  ///
  /// @param id opaque
  /// @param key PEM of the public key
  /// @param roles what they may do
  /// @param service whether it is a machine
  public record Known(String id, String key, List<Role> roles, boolean service) {
    /// Whether they have one of these roles.
    public boolean hasAny(Set<Role> wanted) {
      return roles.stream().anyMatch(wanted::contains);
    }
  }

  /// Somebody who is known and not removed.
  ///
  /// @throws CheckFailed if nobody is
  public Known require(String id) throws IOException, CheckFailed {
    Known known =
        sql.first(
            "SELECT id, key, roles, service FROM person WHERE id = ? AND removed = 0",
            row -> new Known(row.text(1), row.text(2), rolesOf(row.text(3)), row.flag(4)),
            id);
    if (known == null) {
      throw new CheckFailed("actor", "a known person", id);
    }
    return known;
  }

  private static List<Role> rolesOf(String words) {
    return List.of(words.split(",", -1)).stream()
        .map(Role::ofWord)
        .filter(role -> role != null)
        .toList();
  }

  /// Requires that the actor may make a statement of this kind.
  ///
  /// @throws CheckFailed if they may not
  public Known requireRole(String id, Kind kind) throws IOException, CheckFailed {
    Known actor = require(id);
    if (kind == Kind.APPROVAL && actor.service()) {
      throw new CheckFailed("actor", "a person: services approve nothing", id);
    }
    boolean gate = actor.id().equals(GATE) && isOfTheGate(kind);
    if (!gate && !actor.hasAny(roles(kind))) {
      throw new CheckFailed(
          "actor",
          "one of the roles " + roles(kind).stream().map(Role::word).sorted().toList(),
          id + " with " + actor.roles().stream().map(Role::word).toList());
    }
    return actor;
  }

  /// Requires that somebody has one of these roles.
  ///
  /// @throws CheckFailed if they have none
  public Known requireAny(String id, List<Role> roles) throws IOException, CheckFailed {
    Known actor = require(id);
    if (!actor.hasAny(Set.copyOf(roles))) {
      throw new CheckFailed(
          "actor", "one of the roles " + roles.stream().map(Role::word).toList(), id);
    }
    return actor;
  }

  /// Opens a statement of the log, and requires that it is from somebody who may make it.
  Statement open(Entry entry, Kind kind, byte[] envelope)
      throws IOException, FormatException, CheckFailed {
    String where = "statement " + entry.envelope();
    Statement statement;
    if (kind == Kind.PERSON && sql.number("SELECT count(*) FROM person") == 0) {
      statement = first(entry, envelope, where);
    } else {
      requireRole(entry.actor(), kind);
      String signer = isOfTheGate(kind) ? GATE : entry.actor();
      VerifyingKey key = VerifyingKey.ofPem(require(signer).key(), "key of " + signer);
      statement = Sealing.open(envelope, key, where);
    }
    if (!statement.predicateType().equals(kind.predicateType())) {
      throw new CheckFailed("predicate type", kind.predicateType(), statement.predicateType());
    }
    return statement;
  }

  /// The first person of a log vouches for itself: whoever wrote the first entry owns the log.
  private static Statement first(Entry entry, byte[] envelope, String where)
      throws IOException, FormatException, CheckFailed {
    PersonChange claimed = PersonChange.read(Sealing.unverified(envelope, where).predicate());
    if (!claimed.id().equals(entry.actor()) || !claimed.roles().contains(Role.ADMIN)) {
      throw new CheckFailed("first person", "an admin who enrols itself", claimed.id());
    }
    return Sealing.open(envelope, VerifyingKey.ofPem(claimed.key(), where), where);
  }
}
