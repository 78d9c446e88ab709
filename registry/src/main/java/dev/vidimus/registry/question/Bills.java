package dev.vidimus.registry.question;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.attestation.AttestedArtifact;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.BillReader;
import dev.vidimus.inventory.bom.Part;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Bills of materials of artifacts, as their inventories left them beside the ledger: the signed
/// statement of the inspection names the digest.
public final class Bills {
  private final Sql sql;
  private final TileSource log;

  /// @param log where the blobs beside the envelopes lie
  public Bills(Sql sql, TileSource log) {
    this.sql = sql;
    this.log = log;
  }

  /// Digest of the document; null if there is none.
  public @Nullable String digest(String snapshot) throws IOException, FormatException {
    String body =
        sql.first(
            "SELECT body FROM inspection WHERE snapshot = ? AND examiner = 'inventory'",
            row -> row.text(1),
            snapshot);
    if (body == null
        || !(Json.parse(body, "inspection") instanceof JsonObject inspection)
        || !(inspection.get("facts") instanceof JsonObject facts)
        || !(facts.get("documents") instanceof JsonObject documents)
        || !(documents.get("bom") instanceof JsonObject document)) {
      return null;
    }
    String digest = String.valueOf(document.string("digest"));
    if (!AttestedArtifact.isDigest(digest)) {
      throw new FormatException.Malformed("inspection: documents.bom", 0, "is no digest");
    }
    return digest;
  }

  /// The document as it was written; null if there is none.
  ///
  /// @throws IOException if the ledger lacks it
  public @Nullable String text(String snapshot) throws IOException, FormatException {
    String digest = digest(snapshot);
    if (digest == null) {
      return null;
    }
    Digest wanted = Digest.ofHex(digest.substring("sha256:".length()));
    byte[] text = log.get(Entry.envelopePath(wanted));
    if (text == null || !Digest.sha256(text).equals(wanted)) {
      throw new IOException("the ledger lacks the bill of materials " + digest);
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  /// The facts; null if there is no document.
  public @Nullable Bill of(String snapshot) throws IOException, FormatException {
    String text = text(snapshot);
    return text == null
        ? null
        : BillReader.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "bill of materials")
            .bill();
  }

  /// A part of a bill.
  ///
  /// @param known how it is known that it is there, by its word
  /// @param type in the words of CycloneDX
  /// @param licences with commas between them; may be empty
  public record Component(
      String known, String type, String name, String version, String licences) {}

  /// The first parts beside the artifact's own files, which its snapshot lists already; models,
  /// data and services before packages.
  public List<Component> components(String snapshot, int most) throws IOException, FormatException {
    Bill bill = of(snapshot);
    if (bill == null) {
      return List.of();
    }
    return bill.parts().stream()
        .filter(part -> !part.ref().equals(bill.root()) && !part.type().equals("file"))
        .sorted(Comparator.comparing((Part part) -> part.type().equals("library")))
        .limit(most)
        .map(
            part ->
                new Component(
                    part.known().word(),
                    part.type(),
                    part.name(),
                    part.version(),
                    part.licences().stream()
                        .map(Part.Licence::text)
                        .collect(Collectors.joining(", "))))
        .toList();
  }
}
