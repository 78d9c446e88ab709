package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;

/// Rules that do not apply to an artifact for a while, and who wants that.
public final class Exceptions {
  private final Sql sql;

  public Exceptions(Sql sql) {
    this.sql = sql;
  }

  /// One exception, granted or only asked for.
  ///
  /// @param id digest of the request's envelope
  /// @param snapshot of the artifact
  /// @param label its name and version
  /// @param rule that does not apply
  /// @param reason in the owner's words
  /// @param owner who asked
  /// @param approver who granted it; empty if nobody has
  /// @param expires when it ends
  public record Exempted(
      String id,
      String snapshot,
      String label,
      String rule,
      String reason,
      String owner,
      String approver,
      String expires) {}

  /// All of an artifact, those that end first before others.
  ///
  /// @param snapshot empty for those of every artifact
  public List<Exempted> all(String snapshot) throws IOException {
    return sql.all(
        "SELECT e.envelope, e.snapshot, a.name, a.version, e.rule, e.reason, e.owner, e.approver,"
            + " e.expires FROM exception e JOIN artifact a ON a.snapshot = e.snapshot"
            + " WHERE ? IN ('', e.snapshot) ORDER BY e.expires, e.idx",
        row ->
            new Exempted(
                row.text(1),
                row.text(2),
                row.text(3) + "@" + row.number(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8),
                row.text(9)),
        snapshot);
  }
}
