package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/// An artifact as the registry knows it.
///
/// @param snapshot its digest
/// @param name of the first submission, or the one by which it was asked for
/// @param version of that name
/// @param submitter who submitted it first
/// @param kind of source
/// @param source where it came from
/// @param revision of the source, or empty
/// @param bytes of all files
/// @param files how many
/// @param tier that it was submitted for
/// @param time when it came
/// @param state where it stands
public record Artifact(
    String snapshot,
    String name,
    long version,
    String submitter,
    String kind,
    String source,
    String revision,
    long bytes,
    long files,
    String tier,
    String time,
    String state) {
  /// The columns that [#of] reads, of a table `artifact a`.
  static final String COLUMNS =
      "a.snapshot, a.name, a.version, a.submitter, a.kind, a.source, a.revision, a.bytes,"
          + " a.files, a.tier, a.time, a.state";

  static Artifact of(Sql.Row row) throws SQLException {
    return new Artifact(
        row.text(1),
        row.text(2),
        row.number(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.number(8),
        row.number(9),
        row.text(10),
        row.text(11),
        row.text(12));
  }

  /// The same artifact under another of its names.
  Artifact called(String other, long number) {
    return new Artifact(
        snapshot, other, number, submitter, kind, source, revision, bytes, files, tier, time,
        state);
  }

  /// The same artifact where it stands now.
  public Artifact in(String other) {
    return new Artifact(
        snapshot, name, version, submitter, kind, source, revision, bytes, files, tier, time,
        other);
  }

  /// `name@version`.
  public String label() {
    return name + "@" + version;
  }

  /// Everyone who submitted these bytes, under whatever name.
  public static List<String> submitters(Sql sql, String snapshot) throws IOException {
    return sql.all(
        "SELECT DISTINCT submitter FROM submission WHERE snapshot = ? ORDER BY submitter",
        row -> row.text(1),
        snapshot);
  }
}
