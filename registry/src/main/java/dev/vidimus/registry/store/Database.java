package dev.vidimus.registry.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.sqlite.JDBC;

/// The database of a registry, by its JDBC address. One schema serves SQLite and PostgreSQL: types
/// are `TEXT` and `BIGINT`, truth is 0 or 1, times are ISO 8601 texts in UTC, which sort.
public final class Database {
  /// Schema versions in order; each is a resource. A released one never changes.
  private static final List<String> MIGRATIONS =
      List.of(
          "001-first.sql",
          "002-applied.sql",
          "003-access.sql",
          "004-expiry.sql",
          "005-lineage.sql",
          "006-owners.sql",
          "007-logins.sql");

  /// The tables that follow from the ledger.
  public static final List<String> PROJECTED =
      List.of(
          "statement",
          "person",
          "policy",
          "artifact",
          "submission",
          "alias",
          "file",
          "inspection",
          "finding",
          "signer",
          "claim",
          "derivation",
          "model",
          "tensor",
          "decision",
          "promotion",
          "approval",
          "deployment",
          "revocation",
          "revoked_selector",
          "deprecation",
          "exception",
          "break_glass");

  /// Any number will do, so that nobody else's advisory lock is ours.
  private static final long LOCK = 0x7669_6469_6d75L;

  private final String address;

  private Database(String address) {
    this.address = address;
  }

  /// The embedded database in a file.
  public static Database embedded(Path file) {
    return new Database("jdbc:sqlite:" + file.toAbsolutePath());
  }

  /// A database by its address.
  ///
  /// @param address `jdbc:sqlite:...` or `jdbc:postgresql:...`
  public static Database at(String address) {
    return new Database(address);
  }

  /// Whether several processes on several machines can share it.
  public boolean isShared() {
    return address.startsWith("jdbc:postgresql:");
  }

  /// A connection for questions. It sees what was committed before each question.
  public Sql read() throws IOException {
    Sql sql = new Sql(connect());
    if (!isShared()) {
      sql.once("PRAGMA query_only = true");
    }
    return sql;
  }

  /// A transaction that holds the lock of whoever changes the registry: waits, at most a minute,
  /// until nobody else does.
  public Transaction change() throws IOException {
    Sql sql = new Sql(connect());
    try {
      if (isShared()) {
        sql.once("BEGIN");
        sql.once("SET LOCAL lock_timeout = '60s'");
        sql.once("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      } else {
        sql.once("PRAGMA journal_mode = WAL");
        sql.once("PRAGMA synchronous = FULL");
        sql.once("BEGIN IMMEDIATE");
      }
      migrate(sql);
      return new Transaction(sql);
    } catch (IOException e) {
      sql.close();
      throw e;
    }
  }

  /// Changes that are committed together, or not at all.
  public static final class Transaction implements AutoCloseable {
    private final Sql sql;
    private boolean done;

    private Transaction(Sql sql) {
      this.sql = sql;
    }

    /// The connection.
    public Sql sql() {
      return sql;
    }

    /// Empties every table of the projection.
    public void clear() throws IOException {
      Database.clear(sql);
    }

    /// Makes the changes durable, and lets others change.
    public void commit() throws IOException {
      sql.once("COMMIT");
      done = true;
    }

    @Override
    public void close() throws IOException {
      try {
        if (!done) {
          sql.once("ROLLBACK");
        }
      } finally {
        sql.close();
      }
    }
  }

  private Connection connect() throws IOException {
    try {
      if (isShared()) {
        return DriverManager.getConnection(address);
      }
      Properties options = new Properties();
      options.setProperty("busy_timeout", "60000");
      // Not by DriverManager, which opens every jar to look for drivers, and loads all of them.
      return JDBC.createConnection(address, options);
    } catch (SQLException e) {
      throw new IOException("database " + address + ": " + e.getMessage(), e);
    }
  }

  private static void clear(Sql sql) throws IOException {
    for (String table : PROJECTED) {
      sql.once("DELETE FROM " + table);
    }
    sql.run("DELETE FROM meta WHERE name = 'index'");
    sql.run("DELETE FROM applied");
  }

  /// Whether the tables are of this version; others are brought there by the next change.
  public static boolean isCurrent(Sql sql) throws IOException {
    return sql.number("SELECT value FROM meta WHERE name = 'schema'") >= MIGRATIONS.size();
  }

  private void migrate(Sql sql) throws IOException {
    sql.once("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL)");
    long version = sql.number("SELECT value FROM meta WHERE name = 'schema'");
    if (version > MIGRATIONS.size()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the database has schema %d, and this version of Vidimus knows %d: update Vidimus",
              version,
              MIGRATIONS.size()));
    }
    for (int next = (int) version; next < MIGRATIONS.size(); next++) {
      for (String statement : resource(MIGRATIONS.get(next)).split(";\n", -1)) {
        if (!statement.isBlank()) {
          sql.once(statement);
        }
      }
      sql.run(
          "INSERT INTO meta (name, value) VALUES ('schema', ?)"
              + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          next + 1);
    }
    if (version > 0 && version < MIGRATIONS.size()) {
      clear(sql); // what the ledger says is read again into the new tables
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Database.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
