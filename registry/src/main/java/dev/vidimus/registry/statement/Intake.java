package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Bytes came into quarantine. The subject is the snapshot with its aliases; its list of files is a
/// blob under the snapshot digest.
///
/// @param submitter who asked, as an opaque id
/// @param name under which it was submitted
/// @param version of that name, counted from 1
/// @param source where it came from
/// @param bytes of all files
/// @param files how many
/// @param tier of environment that it was submitted for
/// @param beside what came along and is no part of it, such as attestations
/// @param notInIdentity paths that were there and are no part of the identity
public record Intake(
    String submitter,
    String name,
    long version,
    Source source,
    long bytes,
    long files,
    String tier,
    List<Beside> beside,
    List<String> notInIdentity) {
  public Intake {
    beside = List.copyOf(beside);
    notInIdentity = List.copyOf(notInIdentity);
  }

  /// With nothing beside it.
  public Intake(
      String submitter,
      String name,
      long version,
      Source source,
      long bytes,
      long files,
      String tier,
      List<String> notInIdentity) {
    this(submitter, name, version, source, bytes, files, tier, List.of(), notInIdentity);
  }

  /// A file that came along, a blob beside the envelopes.
  ///
  /// @param name of the file
  /// @param digest of its bytes, with its prefix
  public record Beside(String name, String digest) {}

  /// Where it came from.
  ///
  /// @param kind `file`, `folder`, `archive`, `oci` or `hub`
  /// @param location a path or a URL, as the submitter gave it
  /// @param revision the source's own name of this content, such as a commit; empty if it has none
  /// @param hashes what upstream had published and what was compared
  public record Source(String kind, String location, String revision, List<Upstream> hashes) {
    public Source {
      hashes = List.copyOf(hashes);
    }
  }

  /// A hash that upstream published, and that the file has.
  ///
  /// @param path of the file
  /// @param algorithm `sha256` or `gitblob`
  /// @param value in hex
  public record Upstream(String path, String algorithm, String value) {}

  /// The predicate.
  public JsonObject json() {
    List<JsonValue> hashes =
        source.hashes().stream()
            .<JsonValue>map(
                hash ->
                    new JsonMembers()
                        .put("path", hash.path())
                        .put(hash.algorithm(), hash.value())
                        .object())
            .toList();
    return new JsonMembers()
        .put("submitter", submitter)
        .put("name", name)
        .put("version", version)
        .put(
            "source",
            new JsonMembers()
                .put("kind", source.kind())
                .put("location", source.location())
                .put("revision", source.revision())
                .put("hashes", hashes.isEmpty() ? null : new JsonArray(hashes))
                .object())
        .put("bytes", bytes)
        .put("files", files)
        .put("tier", tier)
        .put(
            "beside",
            beside.isEmpty()
                ? null
                : new JsonArray(
                    beside.stream()
                        .<JsonValue>map(
                            one ->
                                new JsonMembers()
                                    .put("name", one.name())
                                    .put("digest", one.digest())
                                    .object())
                        .toList()))
        .put("notInIdentity", notInIdentity)
        .object();
  }

  /// Reads the predicate.
  public static Intake read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.INTAKE);
    PredicateReader source = reader.object("source");
    List<Upstream> hashes = new ArrayList<>();
    for (PredicateReader hash : source.objects("hashes")) {
      String algorithm = hash.textOrNull("sha256") == null ? "gitblob" : "sha256";
      hashes.add(new Upstream(hash.text("path"), algorithm, hash.text(algorithm)));
    }
    List<Beside> beside = new ArrayList<>();
    for (PredicateReader one : reader.objects("beside")) {
      beside.add(new Beside(one.text("name"), one.text("digest")));
    }
    return new Intake(
        reader.text("submitter"),
        reader.text("name"),
        reader.number("version"),
        new Source(
            source.text("kind"), source.text("location"), source.textOr("revision", ""), hashes),
        reader.number("bytes"),
        reader.number("files"),
        reader.text("tier"),
        beside,
        reader.texts("notInIdentity"));
  }
}
