package dev.vidimus.registry.change;

import dev.vidimus.artifact.Digest;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.registry.projection.Authority;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.Sealing;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The registry while nobody else changes it.
public final class Session {
  /// Subjects that an entry names; the statement itself has all.
  private static final int MOST_SUBJECTS = 16;

  private final Sql sql;
  private final Instant now;
  private final List<Entry> entries = new ArrayList<>();
  private final List<byte[]> envelopes = new ArrayList<>();
  private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();

  private final Guard guard;
  private final Log log;

  /// Where a session's statements go.
  interface Log {
    /// Makes blobs, envelopes and entries durable, and brings the tables to them.
    void append(Map<Digest, byte[]> blobs, List<Entry> entries, List<byte[]> envelopes)
        throws IOException, CheckFailed;
  }

  Session(Sql sql, Instant now, Guard guard, Log log) {
    this.sql = sql;
    this.now = now;
    this.guard = guard;
    this.log = log;
  }

  /// The tables, as of the log's head.
  public Sql sql() {
    return sql;
  }

  /// The time of this change.
  public Instant now() {
    return now;
  }

  /// Requires that somebody may do this; see [Authority].
  public Authority authority() {
    return new Authority(sql);
  }

  /// Signs a statement; it is logged at the next [#flush], at the latest when the change ends.
  ///
  /// @return the digest of its envelope, by which it is known
  /// @throws CheckFailed if the actor may not make it: what is logged is always a fact
  public Digest append(Draft draft) throws IOException, CheckFailed {
    // The first people of a log vouch for themselves, and nobody says anything else before them.
    if (draft.kind() != Kind.PERSON || sql.number("SELECT count(*) FROM person") > 0) {
      authority().requireRole(draft.actor(), draft.kind());
    }
    guard.require(this, draft);
    byte[] envelope = Sealing.seal(draft.statement(), draft.key());
    List<String> subjects = new ArrayList<>();
    draft
        .subjects()
        .forEach(
            subject ->
                subject.digest().forEach((algorithm, hex) -> subjects.add(algorithm + ":" + hex)));
    entries.add(
        Entry.about(
            envelope,
            draft.kind().word(),
            now,
            draft.actor(),
            subjects.subList(0, Math.min(MOST_SUBJECTS, subjects.size()))));
    envelopes.add(envelope);
    return Digest.sha256(envelope);
  }

  /// Keeps bytes beside the envelopes, durably before anything that names them.
  public Digest keep(byte[] blob) {
    Digest digest = Digest.sha256(blob);
    blobs.put(digest, blob);
    return digest;
  }

  /// Logs what was appended, so that the tables have it. What follows may fail without undoing it.
  public void flush() throws IOException, CheckFailed {
    if (!entries.isEmpty()) {
      log.append(Map.copyOf(blobs), List.copyOf(entries), List.copyOf(envelopes));
      blobs.clear();
      entries.clear();
      envelopes.clear();
    }
  }
}
