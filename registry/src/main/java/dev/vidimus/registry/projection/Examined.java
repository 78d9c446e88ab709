package dev.vidimus.registry.projection;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.examine.TensorListing;
import dev.vidimus.registry.statement.Examination;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.State;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What came into quarantine, and what was found in it.
final class Examined {
  private static final int HEX = 64;

  private final Sql sql;
  private final TileSource log;

  Examined(Sql sql, TileSource log) {
    this.sql = sql;
    this.log = log;
  }

  void apply(Entered entered) throws IOException, FormatException, CheckFailed {
    if (entered.snapshot().isEmpty()) {
      throw new CheckFailed("subject", "the SHA-256 of a snapshot", "none");
    }
    if (entered.kind() == Kind.INTAKE) {
      intake(entered, Intake.read(entered.statement().predicate()));
    } else {
      inspection(entered, Examination.read(entered.statement().predicate()));
    }
    new Standing(sql).examined(entered.snapshot());
  }

  private void intake(Entered entered, Intake intake)
      throws IOException, FormatException, CheckFailed {
    if (!intake.submitter().equals(entered.actor())) {
      throw new CheckFailed("submitter", entered.actor(), intake.submitter());
    }
    String snapshot = entered.snapshot();
    long taken =
        sql.number(
            "SELECT count(*) FROM submission WHERE name = ? AND version = ? AND snapshot <> ?",
            intake.name(),
            intake.version(),
            snapshot);
    if (taken > 0) {
      throw new CheckFailed(
          "version", "one that means no other bytes", intake.name() + "@" + intake.version());
    }
    boolean known =
        sql.run(
                "INSERT INTO artifact (snapshot, name, version, submitter, kind, source, revision,"
                    + " hashes, bytes, files, tier, extra, time, idx, state)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (snapshot) DO NOTHING",
                snapshot,
                intake.name(),
                intake.version(),
                intake.submitter(),
                intake.source().kind(),
                intake.source().location(),
                intake.source().revision(),
                intake.source().hashes().size(),
                intake.bytes(),
                intake.files(),
                intake.tier(),
                intake.notInIdentity().size(),
                entered.time(),
                entered.index(),
                State.QUARANTINED.word())
            == 0;
    sql.run(
        "INSERT INTO submission (idx, snapshot, name, version, submitter, source, revision, time)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        entered.index(),
        snapshot,
        intake.name(),
        intake.version(),
        intake.submitter(),
        intake.source().location(),
        intake.source().revision(),
        entered.time());
    Map<String, String> aliases = new TreeMap<>();
    for (Subject subject : entered.statement().subjects()) {
      subject
          .digest()
          .forEach((algorithm, hex) -> aliases.put(algorithm + ":" + hex, subject.name()));
    }
    for (Map.Entry<String, String> alias : aliases.entrySet()) {
      sql.run(
          "INSERT INTO alias (alias, snapshot, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          alias.getKey(),
          snapshot,
          alias.getValue());
    }
    if (!known) {
      files(snapshot);
    }
  }

  /// The list of files is the text whose digest names the snapshot.
  private void files(String snapshot) throws IOException {
    for (String line : blob(snapshot).split("\n", -1)) {
      if (line.length() > HEX + 2) {
        sql.run(
            "INSERT INTO file (snapshot, path, sha256) VALUES (?, ?, ?)",
            snapshot,
            line.substring(HEX + 2),
            "sha256:" + line.substring(0, HEX));
      }
    }
  }

  private String blob(String digest) throws IOException {
    Digest wanted = Digest.ofHex(digest.substring("sha256:".length()));
    byte[] bytes = log.get(Entry.envelopePath(wanted));
    if (bytes == null || !Digest.sha256(bytes).equals(wanted)) {
      throw new IOException("the ledger lacks the blob " + digest);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void inspection(Entered entered, Examination found) throws IOException, FormatException {
    String snapshot = entered.snapshot();
    sql.run(
        "INSERT INTO inspection (snapshot, examiner, verdict, complete, time, envelope, findings,"
            + " body, idx) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (snapshot, examiner)"
            + " DO UPDATE SET verdict = excluded.verdict, complete = excluded.complete,"
            + " time = excluded.time, envelope = excluded.envelope, findings = excluded.findings,"
            + " body = excluded.body, idx = excluded.idx",
        snapshot,
        found.examiner(),
        found.verdict().word(),
        found.complete(),
        found.finishedOn(),
        entered.envelope(),
        found.findings(),
        Json.text(entered.statement().predicate()),
        entered.index());
    sql.run("DELETE FROM finding WHERE snapshot = ? AND examiner = ?", snapshot, found.examiner());
    for (Map.Entry<String, Rule> rule : rules(found).entrySet()) {
      sql.run(
          "INSERT INTO finding (snapshot, examiner, rule, level, count) VALUES (?, ?, ?, ?, ?)",
          snapshot,
          found.examiner(),
          rule.getKey(),
          rule.getValue().level(),
          rule.getValue().count());
    }
    Derived derived = new Derived(sql);
    derived.inspection(entered, found);
    if (found.facts().get("documents") instanceof JsonObject documents
        && documents.get(TensorListing.TENSORS) instanceof JsonObject document
        && document.get("digest") instanceof JsonString(String table)) {
      derived.tensors(entered, found, lines(table));
    }
    for (String signer : signers(found)) {
      sql.run(
          "INSERT INTO signer (snapshot, signer) VALUES (?, ?) ON CONFLICT DO NOTHING",
          snapshot,
          signer);
    }
  }

  private record Rule(String level, long count) {}

  private Map<String, Rule> rules(Examination found) throws IOException, FormatException {
    Map<String, Rule> rules = new TreeMap<>();
    for (JsonObject finding : lines(found.findings())) {
      String rule = finding.string("rule");
      String level = finding.string("level");
      if (rule != null && level != null) {
        rules.merge(
            rule,
            new Rule(level.toLowerCase(Locale.ROOT), 1),
            (a, b) -> new Rule(a.level(), a.count() + 1));
      }
    }
    return rules;
  }

  /// A blob that has an object of JSON in each line.
  private List<JsonObject> lines(String digest) throws IOException, FormatException {
    List<JsonObject> objects = new ArrayList<>();
    for (String line : blob(digest).split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      Bytes bytes = Bytes.of(line.getBytes(StandardCharsets.UTF_8));
      if (!(Json.parse(bytes, "line", JsonLimits.DEFAULT) instanceof JsonObject object)) {
        throw new FormatException.Malformed("line of " + digest, 0, "is no object");
      }
      objects.add(object);
    }
    return objects;
  }

  /// Identities and keys whose signatures were verified, over the model or a statement about it.
  private static List<String> signers(Examination found) {
    List<String> signers = new ArrayList<>();
    for (String part : List.of("signatures", "attestations")) {
      if (found.facts().get(part) instanceof JsonArray(List<JsonValue> signatures)) {
        signatures.forEach(signature -> signers(signature, signers));
      }
    }
    return signers;
  }

  private static void signers(JsonValue signature, List<String> signers) {
    if (signature instanceof JsonObject object
        && object.get("verified") instanceof JsonValue.JsonBoolean(boolean verified)
        && verified) {
      for (String name : List.of("identity", "key")) {
        String value = object.string(name);
        if (value != null && !value.isEmpty()) {
          signers.add(value);
        }
      }
    }
  }
}
