package dev.vidimus.registry.projection;

import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.statement.State;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Keeps the state of artifacts in step with the revocations that mean them.
final class Standing {
  private final Sql sql;

  Standing(Sql sql) {
    this.sql = sql;
  }

  /// A selector is revoked: what it means now is revoked.
  void revoked(String selector) throws IOException {
    sql.run(
        """
        UPDATE artifact SET state = ? WHERE snapshot IN (
          SELECT snapshot FROM alias WHERE alias = ?
          UNION SELECT snapshot FROM file WHERE sha256 = ?
          UNION SELECT snapshot FROM finding WHERE rule = ?
          UNION SELECT snapshot FROM signer WHERE signer = ?
          UNION SELECT snapshot FROM submission WHERE source = ?
          UNION SELECT snapshot FROM tensor WHERE digest = ?
          UNION SELECT snapshot FROM model WHERE root = ?)
        """,
        State.REVOKED.word(),
        selector,
        value(selector, "file:"),
        value(selector, "finding:"),
        value(selector, "signer:"),
        value(selector, "source:"),
        value(selector, "tensor:"),
        value(selector, "tensor:"));
  }

  /// The value of a selector of this kind; null, which nothing equals, of any other.
  private static @Nullable String value(String selector, String word) {
    return selector.startsWith(word) ? selector.substring(word.length()) : null;
  }

  /// New evidence may bring an artifact under an old revocation, or from under one.
  void examined(String snapshot) throws IOException {
    sql.run(
        "UPDATE artifact SET state = ? WHERE snapshot = ? AND state = ?"
            + " AND EXISTS (SELECT 1 FROM inspection i WHERE i.snapshot = artifact.snapshot)",
        State.INSPECTED.word(),
        snapshot,
        State.QUARANTINED.word());
    if (new Impact(sql).revocations(snapshot).isEmpty()) {
      sql.run(
          "UPDATE artifact SET state = ? WHERE snapshot = ? AND state = ?",
          State.INSPECTED.word(),
          snapshot,
          State.REVOKED.word());
    } else {
      sql.run("UPDATE artifact SET state = ? WHERE snapshot = ?", State.REVOKED.word(), snapshot);
    }
  }
}
