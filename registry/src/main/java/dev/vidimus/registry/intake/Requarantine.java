package dev.vidimus.registry.intake;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.blob.BlobStore;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.registry.statement.Sealing;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Puts together again what is kept of an artifact, so that it can be examined: the bytes that were
/// taken in, wherever their source is by now.
public final class Requarantine {
  private static final String SHA256 = "sha256:";

  /// What the tables know of it.
  ///
  /// @param artifact which one
  /// @param files SHA-256 of each, by path
  /// @param beside what came along with it, by name
  public record Known(Artifact artifact, Map<String, Digest> files, Map<String, Digest> beside) {}

  private Requarantine() {}

  /// Looks up what belongs to an artifact.
  ///
  /// @throws Refusal if not all that has to be examined is kept
  public static Known find(Sql sql, TileSource log, Artifact artifact)
      throws IOException, FormatException {
    long extra = sql.number("SELECT extra FROM artifact WHERE snapshot = ?", artifact.snapshot());
    if (extra > 0) {
      throw new Refusal(
          artifact.label() + ": " + extra + " files lay beside it that are not kept, such as .git",
          "admit it again from its source");
    }
    Map<String, Digest> files = new LinkedHashMap<>();
    for (String[] file :
        sql.all(
            "SELECT path, sha256 FROM file WHERE snapshot = ? ORDER BY path",
            row -> new String[] {row.text(1), row.text(2)},
            artifact.snapshot())) {
      files.put(file[0], digest(file[1]));
    }
    Map<String, Digest> beside = new LinkedHashMap<>();
    for (String envelope :
        sql.all(
            "SELECT envelope FROM statement WHERE snapshot = ? AND kind = 'intake' AND fact = 1"
                + " ORDER BY idx",
            row -> row.text(1),
            artifact.snapshot())) {
      byte[] bundle = blob(log, digest(envelope));
      Intake.read(Sealing.unverified(bundle, "intake").predicate()) // verified as it became a fact
          .beside()
          .forEach(one -> beside.put(one.name(), digest(one.digest())));
    }
    return new Known(artifact, files, beside);
  }

  /// Puts it together, out of links to its blobs.
  ///
  /// @throws Refusal if a blob is gone
  public static Fetched fetch(Known known, BlobStore blobs, TileSource log, Staging staging)
      throws IOException {
    for (Map.Entry<String, Digest> file : known.files().entrySet()) {
      NewTree.requireCanonical(file.getKey());
      Path target = staging.tree().resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      try {
        Files.createLink(target, blobs.path(file.getValue()));
      } catch (NoSuchFileException e) {
        throw new Refusal(
            known.artifact().label() + ": the blob of " + file.getKey() + " is gone",
            "vidimus doctor; or admit it again from its source");
      }
    }
    List<Path> beside = new ArrayList<>();
    for (Map.Entry<String, Digest> one : known.beside().entrySet()) {
      NewTree.requireCanonical(one.getKey());
      Path target = staging.scratch().resolve("beside").resolve(one.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      beside.add(Files.write(target, blob(log, one.getValue())));
    }
    Artifact artifact = known.artifact();
    boolean isFile = artifact.kind().equals("file") && known.files().size() == 1;
    return new Fetched(
        isFile ? staging.tree().resolve(known.files().keySet().iterator().next()) : staging.tree(),
        new Intake.Source(artifact.kind(), artifact.source(), artifact.revision(), List.of()),
        artifact.name(),
        Map.of(),
        Map.of(),
        beside);
  }

  private static Digest digest(String text) {
    return Digest.ofHex(text.substring(SHA256.length()));
  }

  private static byte[] blob(TileSource log, Digest digest) throws IOException {
    byte[] bytes = log.get(Entry.envelopePath(digest));
    if (bytes == null) {
      throw new IOException("the ledger lacks " + digest);
    }
    return bytes;
  }
}
