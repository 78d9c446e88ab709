package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What selectors mean: which artifacts, and where they run.
public final class Impact {
  private final Sql sql;

  public Impact(Sql sql) {
    this.sql = sql;
  }

  /// The artifacts that any of the selectors means, in the order in which they came.
  ///
  /// @param selectors each a reference, or `signer:`, `source:`, `finding:`, `file:` and a value
  /// @throws UnknownReference if a selector is none
  public List<Artifact> artifacts(List<String> selectors) throws IOException {
    Map<String, Artifact> found = new LinkedHashMap<>();
    for (String selector : selectors) {
      for (Artifact artifact : artifacts(selector)) {
        found.put(artifact.snapshot(), artifact);
      }
    }
    return new ArrayList<>(found.values());
  }

  private List<Artifact> artifacts(String selector) throws IOException {
    int colon = selector.indexOf(':');
    String word = colon < 0 ? "" : selector.substring(0, colon);
    String value = selector.substring(colon + 1);
    return switch (word) {
      case "signer" -> by("signer x ON x.snapshot = a.snapshot AND x.signer = ?", value);
      case "finding" -> by("finding x ON x.snapshot = a.snapshot AND x.rule = ?", value);
      case "file" -> by("file x ON x.snapshot = a.snapshot AND x.sha256 = ?", withHash(value));
      case "source" -> by("submission x ON x.snapshot = a.snapshot AND x.source = ?", value);
      case "base", "tensor", "purl" ->
          throw new UnknownReference(selector + ": lineage and inventory are not recorded yet", "");
      default -> List.of(new References(sql).resolve(selector));
    };
  }

  /// A selector as a revocation names it, so that it also means what comes later: a reference
  /// becomes the snapshot that it means now, and `file:` gets the name of its hash.
  ///
  /// @throws UnknownReference if it is none
  public String exact(String selector) throws IOException {
    if (selector.startsWith("file:")) {
      return "file:" + withHash(selector.substring("file:".length()));
    }
    boolean wide =
        List.of("signer:", "finding:", "source:").stream().anyMatch(selector::startsWith);
    return wide ? selector : new References(sql).resolve(selector).snapshot();
  }

  private static String withHash(String value) {
    return value.startsWith("sha256:") ? value : "sha256:" + value;
  }

  private List<Artifact> by(String join, String value) throws IOException {
    return sql.all(
        "SELECT DISTINCT "
            + Artifact.COLUMNS
            + ", a.idx FROM artifact a JOIN "
            + join
            + " ORDER BY a.idx",
        Artifact::of,
        value);
  }

  /// What keeps an artifact from running anywhere, or null: the selectors of a revocation that
  /// means it, whenever either came.
  ///
  /// @param malicious whether it is an attack
  /// @param reason in words
  /// @param envelope of the revocation
  public record Revoked(boolean malicious, String reason, String envelope, String time) {}

  /// The revocations that mean an artifact, the malicious ones first.
  public List<Revoked> revocations(String snapshot) throws IOException {
    return sql.all(
        """
        SELECT DISTINCT r.malicious, r.reason, r.envelope, r.time
        FROM revoked_selector s JOIN revocation r ON r.idx = s.idx
        WHERE s.selector IN (
          SELECT alias FROM alias WHERE snapshot = ?
          UNION SELECT 'file:' || sha256 FROM file WHERE snapshot = ?
          UNION SELECT 'finding:' || rule FROM finding WHERE snapshot = ?
          UNION SELECT 'signer:' || signer FROM signer WHERE snapshot = ?
          UNION SELECT 'source:' || source FROM submission WHERE snapshot = ?)
        ORDER BY r.malicious DESC, r.time
        """,
        row -> new Revoked(row.flag(1), row.text(2), row.text(3), row.text(4)),
        snapshot,
        snapshot,
        snapshot,
        snapshot,
        snapshot);
  }

  /// Where something runs.
  ///
  /// @param snapshot what
  /// @param label its name and version
  /// @param environment where
  /// @param workload as what
  /// @param config with which configuration, or empty
  /// @param since from when on
  /// @param until to when; empty if it still does
  /// @param actor who deployed it
  public record Running(
      String snapshot,
      String label,
      String environment,
      String workload,
      String config,
      String since,
      String until,
      String actor) {}

  private static final String RUNNING =
      "SELECT d.snapshot, a.name, a.version, d.environment, d.workload, d.config, d.since,"
          + " d.until, d.actor FROM deployment d JOIN artifact a ON a.snapshot = d.snapshot";

  /// What runs now.
  public List<Running> running() throws IOException {
    return running(RUNNING + " WHERE d.until IS NULL ORDER BY d.environment, d.workload");
  }

  /// What ran at a time.
  ///
  /// @param time ISO 8601 in UTC
  public List<Running> runningAt(String time) throws IOException {
    return running(
        RUNNING
            + " WHERE d.since <= ? AND (d.until IS NULL OR d.until > ?)"
            + " ORDER BY d.environment, d.workload",
        time,
        time);
  }

  /// Where an artifact runs now.
  public List<Running> running(Artifact artifact) throws IOException {
    return running(
        RUNNING + " WHERE d.snapshot = ? AND d.until IS NULL ORDER BY d.environment, d.workload",
        artifact.snapshot());
  }

  private List<Running> running(String query, String... values) throws IOException {
    return sql.all(
        query,
        row ->
            new Running(
                row.text(1),
                row.text(2) + "@" + row.number(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8),
                row.text(9)),
        (Object[]) values);
  }
}
