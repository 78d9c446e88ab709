package dev.vidimus.registry.projection;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.LogReader;
import dev.vidimus.evidence.ledger.note.Note;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Applies the log to the tables, from where it was applied before. The same log always gives the
/// same tables: nothing but entries, envelopes and blobs beside them is read.
public final class Projection {
  private static final String INDEX = "SELECT value FROM meta WHERE name = 'index'";

  private final Sql sql;
  private final TileSource log;
  private final Authority authority;

  /// @param sql inside a transaction that holds the lock
  /// @param log where entries and envelopes lie
  public Projection(Sql sql, TileSource log) {
    this.sql = sql;
    this.log = log;
    this.authority = new Authority(sql);
  }

  /// How many entries have been applied.
  public static long index(Sql sql) throws IOException {
    return sql.number(INDEX);
  }

  /// Whether the log was applied up to exactly this checkpoint, which was verified then.
  ///
  /// @param checkpoint a whole note as it is stored, with its signatures
  public static boolean isAt(Sql sql, byte[] checkpoint) throws IOException {
    String applied = sql.first("SELECT checkpoint FROM applied", row -> row.text(1));
    return applied != null && Arrays.equals(checkpoint, applied.getBytes(StandardCharsets.UTF_8));
  }

  /// Applies what is not applied yet.
  ///
  /// @throws CheckFailed if the log is shorter than what was applied: it was cut, or is another
  public void catchUp(LogReader reader) throws IOException, CheckFailed {
    Note checkpoint = reader.checkpoint().note();
    if (isAt(sql, checkpoint.bytes())) {
      return;
    }
    long applied = index(sql);
    long size = reader.checkpoint().checkpoint().size();
    if (size < applied) {
      throw new CheckFailed(
          "ledger", "at least the " + applied + " entries that the database knows", size + "");
    }
    if (size > applied) {
      reader.visit(applied, this::apply);
      sql.run(
          "INSERT INTO meta (name, value) VALUES ('index', ?)"
              + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          size);
    }
    sql.run("DELETE FROM applied");
    sql.run("INSERT INTO applied (checkpoint) VALUES (?)", checkpoint.toString());
  }

  private void apply(long index, byte[] bytes) throws IOException {
    Entry entry;
    try {
      entry = Entry.parse(bytes, "entry " + index);
    } catch (FormatException e) {
      throw new IOException("the ledger has no entry at " + index + ": " + e.getMessage(), e);
    }
    String snapshot = "";
    String problem = null;
    Kind kind = Kind.ofWord(entry.type());
    if (kind == null) {
      problem = "a statement of a kind that is not known";
    } else {
      try {
        byte[] envelope = log.get(Entry.envelopePath(entry.envelope()));
        if (envelope == null) {
          throw new IOException("the ledger lacks the envelope " + entry.envelope());
        }
        Statement statement = authority.open(entry, kind, envelope);
        Entered entered = new Entered(index, entry, kind, statement);
        snapshot = entered.snapshot();
        try (Sql.Savepoint whole = sql.savepoint()) { // all of what it says, or nothing
          project(entered);
          whole.keep();
        }
      } catch (FormatException | CheckFailed e) {
        // Shown to whoever asks, and never a fact.
        problem = String.valueOf(e.getMessage());
      }
    }
    if (problem != null) { // what it claims to be about, so that it is shown there
      snapshot = entry.subjects().isEmpty() ? "" : entry.subjects().getFirst();
    }
    sql.run(
        "INSERT INTO statement (idx, kind, envelope, actor, time, snapshot, fact, problem)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        index,
        entry.type(),
        entry.envelope(),
        entry.actor(),
        entry.time(),
        snapshot,
        problem == null,
        problem);
  }

  private void project(Entered entered) throws IOException, FormatException, CheckFailed {
    switch (entered.kind()) {
      case PERSON, POLICY -> new RuleMakers(sql).apply(entered);
      case INTAKE, INSPECTION -> new Examined(sql, log).apply(entered);
      case DERIVATION -> new Derived(sql).apply(entered);
      case DECISION, APPROVAL -> new Decided(sql).apply(entered);
      case DEPLOYMENT, REVOCATION, DEPRECATION -> new Used(sql).apply(entered);
      case EXCEPTION, BREAK_GLASS -> new Excepted(sql).apply(entered);
    }
  }
}
