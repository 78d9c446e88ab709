package dev.vidimus.registry.projection;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.statement.Derivation;
import dev.vidimus.registry.statement.Examination;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;

/// What artifacts are made from, and of which tensors.
final class Derived {
  private final Sql sql;

  Derived(Sql sql) {
    this.sql = sql;
  }

  /// A comparison.
  void apply(Entered entered) throws IOException, FormatException, CheckFailed {
    if (entered.snapshot().isEmpty()) {
      throw new CheckFailed("subject", "the SHA-256 of a snapshot", "none");
    }
    Derivation derivation = Derivation.read(entered.statement().predicate());
    int place = 0;
    for (Derivation.Material material : derivation.materials()) {
      String hex = material.digest().get("sha256");
      if (hex == null) {
        throw new CheckFailed("material", "the SHA-256 of a snapshot", "none");
      }
      sql.run(
          "INSERT INTO derivation (idx, place, snapshot, parent, role, relation, verdict, reason,"
              + " note, envelope, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          entered.index(),
          place++,
          entered.snapshot(),
          "sha256:" + hex,
          material.role(),
          derivation.relation(),
          derivation.verdict().name(),
          derivation.reason(),
          derivation.notes().isEmpty() ? "" : derivation.notes().getFirst(),
          entered.envelope(),
          entered.time());
    }
  }

  /// What an examiner established of origin; its last word replaces what it said before. One that
  /// failed says nothing, and takes nothing back.
  void inspection(Entered entered, Examination found) throws IOException {
    if (!(found.facts().get("claims") instanceof JsonArray)) {
      return;
    }
    sql.run(
        "DELETE FROM claim WHERE snapshot = ? AND examiner = ?",
        entered.snapshot(),
        found.examiner());
    for (JsonObject claim : objects(found.facts(), "claims")) {
      sql.run(
          "INSERT INTO claim (snapshot, examiner, kind, relation, direct, target, revision, digest,"
              + " place, status, idx) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          entered.snapshot(),
          found.examiner(),
          text(claim, "kind"),
          text(claim, "relation"),
          claim.get("direct") instanceof JsonBoolean(boolean direct) && direct,
          text(claim, "target"),
          text(claim, "revision"),
          text(claim, "digest"),
          text(claim, "place"),
          text(claim, "status"),
          entered.index());
    }
  }

  /// The tensors of an artifact: a line of JSON for each, beside what sums them up.
  ///
  /// @param lines as the examiner wrote them
  void tensors(Entered entered, Examination found, List<JsonObject> lines) throws IOException {
    String snapshot = entered.snapshot();
    sql.run("DELETE FROM model WHERE snapshot = ?", snapshot);
    sql.run("DELETE FROM tensor WHERE snapshot = ?", snapshot);
    for (JsonObject model : objects(found.facts(), "models")) {
      sql.run(
          "INSERT INTO model (snapshot, folder, format, root, multiset, tensors, bytes)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          snapshot,
          text(model, "folder"),
          text(model, "format"),
          text(model, "root"),
          text(model, "multiset"),
          number(model, "tensors"),
          number(model, "bytes"));
    }
    for (JsonObject tensor : lines) {
      sql.run(
          "INSERT INTO tensor (digest, snapshot, folder, name, dtype, shape, bytes)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          text(tensor, "digest"),
          snapshot,
          text(tensor, "folder"),
          text(tensor, "name"),
          text(tensor, "dtype"),
          text(tensor, "shape"),
          number(tensor, "bytes"));
    }
  }

  private static List<JsonObject> objects(JsonObject facts, String name) {
    return facts.get(name) instanceof JsonArray(List<JsonValue> elements)
        ? elements.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  /// NUL is no text for every database.
  private static String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString(String text) ? text.replace('\0', '\ufffd') : "";
  }

  private static long number(JsonObject object, String name) throws IOException {
    try {
      return object.get(name) instanceof JsonNumber(String text) ? Long.parseLong(text) : 0;
    } catch (NumberFormatException e) {
      throw new IOException("a fact is no whole number: " + name, e);
    }
  }
}
