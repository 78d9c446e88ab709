package dev.vidimus.registry.shelf;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.blob.BlobStore;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is known of single files, by the names that hub clients give their copies: SHA-256, or the
/// name in git.
public final class Verdicts {
  private static final String HASH = "sha256:";

  private final Sql sql;
  private final BlobStore blobs;

  public Verdicts(Sql sql, BlobStore blobs) {
    this.sql = sql;
    this.blobs = blobs;
  }

  /// A file of an artifact.
  ///
  /// @param digest SHA-256 of its bytes
  /// @param artifact `name@version`; empty if it is of none that is known here
  /// @param path of the file; empty if it is not known
  public record Known(Digest digest, String artifact, String path) {}

  /// The files that are revoked, by all names. A file that something approved has too, such as a
  /// licence, is not one of them unless it was revoked by itself.
  public Map<String, Known> revoked() throws IOException {
    List<Known> files =
        new ArrayList<>(
            sql.all(
                "SELECT selector FROM revoked_selector WHERE selector LIKE 'file:sha256:%'",
                row -> new Known(digest(row.text(1).substring("file:".length())), "", "")));
    files.addAll(
        sql.all(
            "SELECT DISTINCT f.sha256, a.name, a.version, f.path FROM file f"
                + " JOIN artifact a ON a.snapshot = f.snapshot WHERE a.state = 'revoked'"
                + " AND NOT EXISTS (SELECT 1 FROM file g JOIN artifact b"
                + " ON b.snapshot = g.snapshot WHERE g.sha256 = f.sha256"
                + " AND b.state = 'approved')",
            row -> new Known(digest(row.text(1)), row.text(2) + "@" + row.number(3), row.text(4))));
    return byNames(files);
  }

  /// What is promoted to an environment and not revoked; whether it may run at this moment is the
  /// gate's to say.
  public List<Artifact> promoted(String environment) throws IOException {
    List<Artifact> artifacts = new ArrayList<>();
    for (String snapshot :
        sql.all(
            "SELECT DISTINCT snapshot FROM promotion WHERE environment = ? AND until IS NULL",
            row -> row.text(1),
            environment)) {
      artifacts.add(new References(sql).resolve(snapshot));
    }
    return artifacts;
  }

  /// The files of an artifact, by all names.
  public Map<String, Known> files(Artifact artifact) throws IOException {
    return byNames(
        sql.all(
            "SELECT sha256, path FROM file WHERE snapshot = ?",
            row -> new Known(digest(row.text(1)), artifact.label(), row.text(2)),
            artifact.snapshot()));
  }

  private static Digest digest(String text) {
    return Digest.ofHex(text.substring(HASH.length()));
  }

  private Map<String, Known> byNames(List<Known> files) throws IOException {
    Map<String, Known> names = new HashMap<>();
    for (Known file : files) {
      names.put(file.digest().hex(), file);
      Path content = blobs.path(file.digest());
      if (Files.isRegularFile(content)) {
        long size = Files.size(content);
        if (size <= LargeFiles.BOUND) {
          names.put(GitNames.blob(content, size), file);
        }
      }
    }
    return names;
  }
}
