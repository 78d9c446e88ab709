package dev.vidimus.registry.lifecycle;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One digest over everything that is known about an artifact, to which approvals are bound: any
/// new evidence changes it.
public final class EvidenceDigest {
  private EvidenceDigest() {}

  /// Digests of the envelopes of all evidence, in the order of the log. Decisions and approvals are
  /// not evidence: they rest on it.
  public static List<String> envelopes(Sql sql, String snapshot) throws IOException {
    return sql.all(
        "SELECT envelope FROM statement WHERE snapshot = ? AND fact = 1"
            + " AND kind IN ('intake', 'inspection', 'derivation', 'exception') ORDER BY idx",
        row -> row.text(1),
        snapshot);
  }

  /// The digest.
  public static String of(Sql sql, String snapshot) throws IOException {
    String all = String.join("\n", envelopes(sql, snapshot));
    return Digest.sha256(all.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
