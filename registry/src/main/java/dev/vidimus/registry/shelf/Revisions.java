package dev.vidimus.registry.shelf;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which artifacts a name and a revision can mean. Whether one of them may be had is the gate's to
/// say.
public final class Revisions {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int COMMIT_LENGTH = 40;
  private static final String HASH = "sha256:";

  private final Sql sql;

  public Revisions(Sql sql) {
    this.sql = sql;
  }

  /// Whether a revision is a commit: 40 lower-case hex digits.
  public static boolean isCommit(String revision) {
    return COMMIT.matcher(revision).matches();
  }

  /// What is promoted to an environment under a name, or null. Bytes that somebody submitted under
  /// this name too do not count: nobody decided that the name should mean them.
  public @Nullable Artifact promoted(String name, String environment) throws IOException {
    return first(
        sql.all(
            "SELECT snapshot FROM promotion WHERE name = ? AND environment = ?"
                + " AND until IS NULL ORDER BY idx DESC LIMIT 1",
            row -> row.text(1),
            name,
            environment));
  }

  /// For what of a name somebody broke the glass in an environment last, or null.
  ///
  /// @param now in whole seconds
  public @Nullable Artifact underGlass(String name, String environment, Instant now)
      throws IOException {
    return first(
        sql.all(
            "SELECT b.snapshot FROM break_glass b JOIN artifact a ON a.snapshot = b.snapshot"
                + " WHERE a.name = ? AND b.environment = ? AND b.expires > ?"
                + " ORDER BY b.idx DESC LIMIT 1",
            row -> row.text(1),
            name,
            environment,
            now));
  }

  /// What a commit means: the one under which a hub gave it, else the beginning of its digest.
  public List<Artifact> byCommit(String name, String commit) throws IOException {
    return artifacts(
        sql.all(
            "SELECT DISTINCT s.snapshot FROM submission s JOIN alias x ON x.snapshot = s.snapshot"
                + " WHERE s.name = ? AND (x.alias = ? OR (x.alias >= ? AND x.alias < ?"
                + " AND x.alias = s.snapshot))",
            row -> row.text(1),
            name,
            "gitCommit:" + commit,
            HASH + commit,
            HASH + commit + "g"));
  }

  /// What came last under a name, or null if nothing did.
  public @Nullable Artifact latest(String name) throws IOException {
    return first(
        sql.all(
            "SELECT snapshot FROM submission WHERE name = ? ORDER BY version DESC, idx DESC LIMIT"
                + " 1",
            row -> row.text(1),
            name));
  }

  /// The commit by which clients know an artifact of a name: the one under which a hub gave it
  /// first, else the first 40 digits of its digest.
  public String commit(String name, String snapshot) throws IOException {
    String upstream =
        sql.first(
            "SELECT s.revision FROM submission s JOIN alias x ON x.snapshot = s.snapshot"
                + " AND x.alias = 'gitCommit:' || s.revision"
                + " WHERE s.snapshot = ? AND s.name = ? ORDER BY s.idx LIMIT 1",
            row -> row.text(1),
            snapshot,
            name);
    return upstream != null && isCommit(upstream) ? upstream : ofDigest(snapshot);
  }

  /// The commit of a snapshot that no hub gave.
  ///
  /// @param snapshot `sha256:` and its digest
  public static String ofDigest(String snapshot) {
    return snapshot.substring(HASH.length(), HASH.length() + COMMIT_LENGTH);
  }

  /// A notice that an artifact should be replaced.
  ///
  /// @param replacement by what; empty if nothing is named
  /// @param reason why
  public record Superseded(String replacement, String reason) {}

  /// Whether somebody said that an artifact should be replaced; null if not.
  public @Nullable Superseded deprecated(String snapshot) throws IOException {
    return sql.first(
        "SELECT replacement, reason FROM deprecation WHERE snapshot = ?",
        row -> new Superseded(row.text(1), row.text(2)),
        snapshot);
  }

  /// Names of which something is promoted to an environment.
  ///
  /// @param words part of the name; empty for any
  public List<String> names(String environment, String words, int limit) throws IOException {
    return sql.all(
        "SELECT DISTINCT name FROM promotion"
            + " WHERE environment = ? AND until IS NULL AND name LIKE ? ESCAPE '!'"
            + " ORDER BY name LIMIT ?",
        row -> row.text(1),
        environment,
        "%" + words.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%",
        (long) limit);
  }

  private @Nullable Artifact first(List<String> snapshots) throws IOException {
    return snapshots.isEmpty() ? null : new References(sql).resolve(snapshots.getFirst());
  }

  private List<Artifact> artifacts(List<String> snapshots) throws IOException {
    List<Artifact> artifacts = new ArrayList<>();
    for (String snapshot : snapshots) {
      artifacts.add(new References(sql).resolve(snapshot));
    }
    return artifacts;
  }
}
