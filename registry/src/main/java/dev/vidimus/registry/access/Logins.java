package dev.vidimus.registry.access;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Sign-ins with a key of one's own: a challenge is answered once, and what that opens opens once.
public final class Logins {
  private final Sql sql;

  public Logins(Sql sql) {
    this.sql = sql;
  }

  /// Somebody answered a challenge; older ones are forgotten that nobody can answer any more.
  ///
  /// @param nonce of the challenge
  /// @param ticket that opens a session for them
  /// @param opens until when it does
  /// @param expires when the challenge does
  /// @return whether nobody answered it before
  public boolean answer(
      String nonce, String ticket, String person, Instant opens, Instant expires, Instant now)
      throws IOException {
    sql.run("DELETE FROM login WHERE expires <= ? AND opens <= ?", now, now);
    return sql.run(
            "INSERT INTO login (nonce, hash, person, opens, expires) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (nonce) DO NOTHING",
            nonce,
            Credential.hash(ticket),
            person,
            opens,
            expires)
        > 0;
  }

  /// Whom a ticket is for that still opens, or null.
  public @Nullable String of(String ticket, Instant now) throws IOException {
    return sql.first(
        "SELECT person FROM login WHERE hash = ? AND opens > ?",
        row -> row.text(1),
        Credential.hash(ticket),
        now);
  }

  /// Uses a ticket up.
  ///
  /// @return whom it is for, or null if it opens nothing, or not any more
  public @Nullable String use(String ticket, Instant now) throws IOException {
    String person = of(ticket, now);
    if (person != null) {
      sql.run("UPDATE login SET opens = '' WHERE hash = ?", Credential.hash(ticket));
    }
    return person;
  }
}
