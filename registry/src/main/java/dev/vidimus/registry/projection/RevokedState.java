package dev.vidimus.registry.projection;

import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.statement.State;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;

/// Marks what a revocation reaches, whichever came first.
final class RevokedState {
  private static final String MARK =
      "UPDATE artifact SET state = '" + State.REVOKED.word() + "' WHERE snapshot ";

  private final Sql sql;

  RevokedState(Sql sql) {
    this.sql = sql;
  }

  /// Marks everything that a selector means.
  void mark(String selector) throws IOException {
    int colon = selector.indexOf(':');
    String value = selector.substring(colon + 1);
    switch (selector.substring(0, Math.max(colon, 0))) {
      case "signer" -> sql.run(MARK + "IN (SELECT snapshot FROM signer WHERE signer = ?)", value);
      case "finding" -> sql.run(MARK + "IN (SELECT snapshot FROM finding WHERE rule = ?)", value);
      case "file" -> sql.run(MARK + "IN (SELECT snapshot FROM file WHERE sha256 = ?)", value);
      case "source" ->
          sql.run(MARK + "IN (SELECT snapshot FROM submission WHERE source = ?)", value);
      default -> sql.run(MARK + "IN (SELECT snapshot FROM alias WHERE alias = ?)", selector);
    }
  }

  /// Marks an artifact of which something new is known, if an earlier revocation means it.
  void markIfReached(String snapshot) throws IOException {
    if (!new Impact(sql).revocations(snapshot).isEmpty()) {
      sql.run(MARK + "= ?", snapshot);
    }
  }
}
