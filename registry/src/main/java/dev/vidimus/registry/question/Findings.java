package dev.vidimus.registry.question;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The findings of an artifact's inspections, as the ledger keeps them.
public final class Findings {
  private final Sql sql;
  private final TileSource log;

  /// @param log where the blobs beside the envelopes lie
  public Findings(Sql sql, TileSource log) {
    this.sql = sql;
    this.log = log;
  }

  /// All lines of the last inspections, the examiners in the order of their names: an object with
  /// `rule`, `level`, `file`, … or one with `notExamined`.
  public List<JsonObject> of(String snapshot) throws IOException, FormatException {
    List<JsonObject> findings = new ArrayList<>();
    for (String digest :
        sql.all(
            "SELECT findings FROM inspection WHERE snapshot = ? ORDER BY examiner",
            row -> row.text(1),
            snapshot)) {
      byte[] blob = log.get(Entry.envelopePath(Digest.ofHex(digest.substring(7))));
      if (blob == null) {
        throw new IOException("the ledger lacks the findings " + digest);
      }
      for (String line : new String(blob, StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isEmpty()) {
          Bytes bytes = Bytes.of(line.getBytes(StandardCharsets.UTF_8));
          findings.add((JsonObject) Json.parse(bytes, "finding", JsonLimits.DEFAULT));
        }
      }
    }
    return findings;
  }
}
