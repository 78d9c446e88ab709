package dev.vidimus.registry.access;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How people come in: an invitation that opens once, a secret, and a session after it.
public final class Doors {
  /// How long an invitation may wait.
  public static final Duration INVITATION = Duration.ofDays(3);

  /// How long a session lasts.
  public static final Duration SESSION = Duration.ofHours(12);

  private final Sql sql;

  public Doors(Sql sql) {
    this.sql = sql;
  }

  /// Invites somebody; their earlier invitations end.
  public void invite(String person, String invitation, Instant now) throws IOException {
    sql.run("DELETE FROM invitation WHERE person = ?", person);
    sql.run(
        "INSERT INTO invitation (hash, person, created, expires) VALUES (?, ?, ?, ?)",
        Credential.hash(invitation),
        person,
        now,
        now.plus(INVITATION));
  }

  /// Whom an invitation that still opens is for, or null.
  public @Nullable String invited(String invitation, Instant now) throws IOException {
    return sql.first(
        "SELECT person FROM invitation WHERE hash = ? AND expires > ?",
        row -> row.text(1),
        Credential.hash(invitation),
        now);
  }

  /// Uses an invitation up, and lets the person come in with a secret from now on.
  public void enter(String person, String secret, Instant now) throws IOException {
    sql.run("DELETE FROM invitation WHERE person = ?", person);
    sql.run("DELETE FROM session WHERE person = ?", person);
    sql.run(
        "INSERT INTO secret (person, hash, since) VALUES (?, ?, ?)"
            + " ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, since = excluded.since",
        person,
        Credential.hash(secret),
        now);
  }

  /// Whose secret it is, or null.
  public @Nullable String bySecret(String secret) throws IOException {
    return sql.first(
        "SELECT person FROM secret WHERE hash = ?", row -> row.text(1), Credential.hash(secret));
  }

  /// Begins a session; sessions that are over are forgotten.
  public void begin(String person, String session, Instant now) throws IOException {
    sql.run("DELETE FROM session WHERE expires <= ?", now);
    sql.run(
        "INSERT INTO session (hash, person, created, expires) VALUES (?, ?, ?, ?)",
        Credential.hash(session),
        person,
        now,
        now.plus(SESSION));
  }

  /// Whose session it is, or null if it is over or never was.
  public @Nullable String bySession(String session, Instant now) throws IOException {
    return sql.first(
        "SELECT person FROM session WHERE hash = ? AND expires > ?",
        row -> row.text(1),
        Credential.hash(session),
        now);
  }

  /// Ends a session.
  public void end(String session) throws IOException {
    sql.run("DELETE FROM session WHERE hash = ?", Credential.hash(session));
  }
}
