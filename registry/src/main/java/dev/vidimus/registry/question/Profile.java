package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;

/// What an artifact is: its identities, its files, and what examiners found.
public final class Profile {
  private final Sql sql;

  public Profile(Sql sql) {
    this.sql = sql;
  }

  /// Another identity of the same bytes.
  ///
  /// @param kind such as `oms-root`
  /// @param alias such as `sha256:…`
  public record Alias(String kind, String alias) {}

  /// All identities.
  public List<Alias> aliases(String snapshot) throws IOException {
    return sql.all(
        "SELECT kind, alias FROM alias WHERE snapshot = ? ORDER BY kind, alias",
        row -> new Alias(row.text(1), row.text(2)),
        snapshot);
  }

  /// The last inspection of an examiner.
  ///
  /// @param examiner its id
  /// @param verdict by its word
  /// @param complete whether nothing was left out
  /// @param time when it ended
  /// @param envelope digest of the statement
  public record Inspection(
      String examiner, String verdict, boolean complete, String time, String envelope) {}

  /// The last inspections, by the names of the examiners.
  public List<Inspection> inspections(String snapshot) throws IOException {
    return sql.all(
        "SELECT examiner, verdict, complete, time, envelope FROM inspection WHERE snapshot = ?"
            + " ORDER BY examiner",
        row -> new Inspection(row.text(1), row.text(2), row.flag(3), row.text(4), row.text(5)),
        snapshot);
  }

  /// One file.
  ///
  /// @param path in the snapshot
  /// @param sha256 of its content
  public record FileOf(String path, String sha256) {}

  /// The first files by their paths.
  public List<FileOf> files(String snapshot, int limit) throws IOException {
    return sql.all(
        "SELECT path, sha256 FROM file WHERE snapshot = ? ORDER BY path LIMIT ?",
        row -> new FileOf(row.text(1), row.text(2)),
        snapshot,
        (long) limit);
  }
}
