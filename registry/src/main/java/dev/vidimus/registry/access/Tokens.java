package dev.vidimus.registry.access;

import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tokens that were issued.
public final class Tokens {
  private static final String COLUMNS =
      "SELECT id, person, label, roles, environment, repositories, created, expires, ended"
          + " FROM token";

  private final Sql sql;

  public Tokens(Sql sql) {
    this.sql = sql;
  }

  /// Adds a token.
  ///
  /// @param credential that opens it
  public void add(Token token, String credential) throws IOException {
    sql.run(
        "INSERT INTO token (id, hash, person, label, roles, environment, repositories, created,"
            + " expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        token.id(),
        Credential.hash(credential),
        token.person(),
        token.label(),
        token.roles().stream().map(Role::word).collect(Collectors.joining(",")),
        token.environment(),
        String.join(",", token.repositories()),
        token.created(),
        token.expires());
  }

  /// The token that a credential opens, whether it still holds or not, or null.
  public @Nullable Token find(String credential) throws IOException {
    return sql.first(COLUMNS + " WHERE hash = ?", Tokens::of, Credential.hash(credential));
  }

  /// A token by its id, or null.
  public @Nullable Token byId(String id) throws IOException {
    return sql.first(COLUMNS + " WHERE id = ?", Tokens::of, id);
  }

  /// All tokens, the newest first.
  public List<Token> all() throws IOException {
    return sql.all(COLUMNS + " ORDER BY created DESC, id", Tokens::of);
  }

  /// Ends a token.
  ///
  /// @return whether there was one that held
  public boolean end(String id, Instant now) throws IOException {
    return sql.run("UPDATE token SET ended = ? WHERE id = ? AND ended IS NULL", now, id) > 0;
  }

  private static Token of(Sql.Row row) throws SQLException {
    return new Token(
        row.text(1),
        row.text(2),
        row.text(3),
        words(row.text(4)).map(Role::ofWord).filter(role -> role != null).toList(),
        row.text(5),
        words(row.text(6)).toList(),
        Instant.parse(row.text(7)),
        Instant.parse(row.text(8)),
        row.textOrNull(9) != null);
  }

  private static Stream<String> words(String list) {
    return Stream.of(list.split(",", -1)).filter(word -> !word.isEmpty());
  }
}
