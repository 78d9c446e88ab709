package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that was said of an artifact, in the order of the log.
public final class Chain {
  private final Sql sql;

  public Chain(Sql sql) {
    this.sql = sql;
  }

  /// One statement.
  ///
  /// @param index of its entry
  /// @param kind by the log's word
  /// @param actor who caused it
  /// @param time when
  /// @param envelope its digest
  /// @param problem why it is no fact; empty if it is one
  public record Said(
      long index, String kind, String actor, String time, String envelope, String problem) {}

  /// All statements about an artifact.
  public List<Said> statements(String snapshot) throws IOException {
    return sql.all(
        "SELECT idx, kind, actor, time, envelope, problem FROM statement WHERE snapshot = ?"
            + " ORDER BY idx",
        row ->
            new Said(
                row.number(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)),
        snapshot);
  }

  /// The last statements of the log, the newest first.
  public List<Said> lastStatements(int limit) throws IOException {
    return sql.all(
        "SELECT idx, kind, actor, time, envelope, problem FROM statement ORDER BY idx DESC LIMIT ?",
        row ->
            new Said(
                row.number(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)),
        (long) limit);
  }

  /// One answer of a person.
  ///
  /// @param person who
  /// @param environment for where
  /// @param rejected whether it was a no
  /// @param reason in their words
  /// @param time when
  /// @param envelope digest of the statement
  /// @param valid whether policy and evidence are still what the person saw
  public record Answer(
      String person,
      String environment,
      boolean rejected,
      String reason,
      String time,
      String envelope,
      boolean valid) {}

  /// What people answered.
  ///
  /// @param policy digest of the policy that holds
  /// @param evidence digest of the evidence that there is
  public List<Answer> answers(String snapshot, String policy, String evidence) throws IOException {
    return sql.all(
        "SELECT person, environment, rejected, reason, time, envelope, policy, evidence"
            + " FROM approval WHERE snapshot = ? ORDER BY idx",
        row ->
            new Answer(
                row.text(1),
                row.text(2),
                row.flag(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7).equals(policy) && row.text(8).equals(evidence)),
        snapshot);
  }

  /// One decision.
  ///
  /// @param index of its entry
  /// @param snapshot what was decided about
  /// @param environment for where
  /// @param stage at which stage
  /// @param outcome by its word
  /// @param policy digest of the policy
  /// @param time when
  /// @param envelope digest of the statement
  /// @param facts digest of what was judged
  /// @param until when its evidence is too old; empty if never
  public record Decided(
      long index,
      String snapshot,
      String environment,
      String stage,
      String outcome,
      String policy,
      String time,
      String envelope,
      String facts,
      String until) {}

  private static final String DECISION =
      "SELECT idx, snapshot, environment, stage, outcome, policy, time, envelope, facts,"
          + " until FROM decision";

  private static Decided decided(Sql.Row row) throws SQLException {
    return new Decided(
        row.number(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.text(8),
        row.text(9),
        row.text(10));
  }

  /// All decisions about an artifact.
  public List<Decided> decisions(String snapshot) throws IOException {
    return sql.all(DECISION + " WHERE snapshot = ? ORDER BY idx", Chain::decided, snapshot);
  }

  /// The last decision about an artifact, or null.
  public @Nullable Decided lastDecision(String snapshot) throws IOException {
    return sql.first(
        DECISION + " WHERE snapshot = ? ORDER BY idx DESC LIMIT 1", Chain::decided, snapshot);
  }

  /// The decision of that envelope, or null.
  ///
  /// @param envelope its digest or the beginning of it
  public @Nullable Decided decision(String envelope) throws IOException {
    return sql.first(
        DECISION + " WHERE envelope >= ? AND envelope < ? ORDER BY idx",
        Chain::decided,
        envelope,
        envelope + "g");
  }

  /// Where an artifact is or was promoted.
  ///
  /// @param environment where
  /// @param since from when on
  /// @param until to when; empty if it still is
  /// @param decision digest of the decision
  public record Promoted(String environment, String since, String until, String decision) {}

  /// Its promotions.
  public List<Promoted> promotions(String snapshot) throws IOException {
    return sql.all(
        "SELECT environment, since, until, decision FROM promotion WHERE snapshot = ?"
            + " ORDER BY idx",
        row -> new Promoted(row.text(1), row.text(2), row.text(3), row.text(4)),
        snapshot);
  }

  /// One version of a name.
  ///
  /// @param version its number
  /// @param snapshot the bytes
  /// @param state where they stand
  /// @param submitter who brought them
  /// @param source from where
  /// @param time when
  /// @param environments where it is promoted now
  public record Version(
      long version,
      String snapshot,
      String state,
      String submitter,
      String source,
      String time,
      List<String> environments) {}

  /// The versions of a name.
  public List<Version> versions(String name) throws IOException {
    List<Version> versions =
        sql.all(
            "SELECT s.version, s.snapshot, a.state, s.submitter, s.source, s.time"
                + " FROM submission s JOIN artifact a ON a.snapshot = s.snapshot"
                + " WHERE s.name = ? ORDER BY s.version, s.idx",
            row ->
                new Version(
                    row.number(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    row.text(6),
                    List.of()),
            name);
    List<Version> whole = new ArrayList<>();
    for (Version version : versions) {
      List<String> environments =
          sql.all(
              "SELECT environment FROM promotion WHERE snapshot = ? AND name = ?"
                  + " AND until IS NULL ORDER BY environment",
              row -> row.text(1),
              version.snapshot(),
              name);
      whole.add(
          new Version(
              version.version(),
              version.snapshot(),
              version.state(),
              version.submitter(),
              version.source(),
              version.time(),
              environments));
    }
    return whole;
  }

  /// What waits: everything that is neither promoted anywhere nor rejected nor revoked.
  public List<Artifact> waiting() throws IOException {
    return sql.all(
        "SELECT "
            + Artifact.COLUMNS
            + " FROM artifact a WHERE a.state IN ('quarantined', 'inspected')"
            + " ORDER BY a.idx",
        Artifact::of);
  }

  /// What was taken in, and whose examination or decision is still to come: it was detached, or
  /// whoever examined it died.
  public List<Artifact> unfinished() throws IOException {
    return sql.all(
        "SELECT "
            + Artifact.COLUMNS
            + " FROM artifact a WHERE a.state IN ('quarantined', 'inspected') AND NOT EXISTS"
            + " (SELECT 1 FROM decision d WHERE d.snapshot = a.snapshot) ORDER BY a.idx",
        Artifact::of);
  }

  /// What is promoted somewhere, and rests on evidence that is too old by now.
  ///
  /// @param artifact what
  /// @param environment where
  /// @param until when it became too old
  public record Expired(Artifact artifact, String environment, String until) {}

  /// Everything that is promoted and expired, the oldest first.
  public List<Expired> expired(Instant now) throws IOException {
    return sql.all(
        "SELECT "
            + Artifact.COLUMNS
            + ", p.environment, d.until FROM decision d"
            + " JOIN promotion p ON p.idx = d.idx AND p.until IS NULL"
            + " JOIN artifact a ON a.snapshot = d.snapshot"
            + " WHERE d.until <= ? AND a.state = 'approved' ORDER BY d.until, d.idx",
        row -> new Expired(Artifact.of(row), row.text(13), row.text(14)),
        now.toString());
  }
}
