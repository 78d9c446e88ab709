package dev.vidimus.server.job;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Jobs as the database keeps them.
final class JobTable {
  private static final String COLUMNS =
      "SELECT id, person, source, name, environment, state, created, finished, snapshot, outcome,"
          + " problem FROM job";

  private final Sql sql;

  JobTable(Sql sql) {
    this.sql = sql;
  }

  /// @param owner id of the server that works at it
  void add(Job job, String owner) throws IOException {
    sql.run(
        "INSERT INTO job (id, person, source, name, environment, state, created, owner)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        job.id(),
        job.person(),
        job.source(),
        job.name(),
        job.environment(),
        job.state().word(),
        job.created(),
        owner);
  }

  void begin(String id) throws IOException {
    sql.run("UPDATE job SET state = 'running' WHERE id = ?", id);
  }

  void end(Job job) throws IOException {
    sql.run(
        "UPDATE job SET state = ?, snapshot = ?, outcome = ?, problem = ?, finished = ?"
            + " WHERE id = ?",
        job.state().word(),
        job.snapshot(),
        job.outcome(),
        job.problem(),
        job.finished(),
        job.id());
  }

  /// Servers that work at something, or did until they were gone.
  List<String> owners() throws IOException {
    return sql.all(
        "SELECT DISTINCT owner FROM job WHERE state IN ('waiting', 'running')", row -> row.text(1));
  }

  /// Ends what a server that is gone worked at.
  void interrupt(String owner, Instant now) throws IOException {
    sql.run(
        "UPDATE job SET state = 'interrupted', finished = ?,"
            + " problem = 'the server ended; submit it again'"
            + " WHERE state IN ('waiting', 'running') AND owner = ?",
        now,
        owner);
  }

  @Nullable Job byId(String id) throws IOException {
    return sql.first(COLUMNS + " WHERE id = ?", JobTable::of, id);
  }

  /// The last ones, the newest first.
  List<Job> last(int limit) throws IOException {
    return sql.all(COLUMNS + " ORDER BY created DESC, id LIMIT ?", JobTable::of, (long) limit);
  }

  private static Job of(Sql.Row row) throws SQLException {
    return new Job(
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        Job.State.valueOf(row.text(6).toUpperCase(Locale.ROOT)),
        Instant.parse(row.text(7)),
        row.text(8),
        row.text(9),
        row.text(10),
        row.text(11));
  }
}
