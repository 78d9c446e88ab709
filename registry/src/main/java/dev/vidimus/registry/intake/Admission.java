package dev.vidimus.registry.intake;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.registry.blob.BlobStore;
import dev.vidimus.registry.change.Draft;
import dev.vidimus.registry.change.Session;
import dev.vidimus.registry.examine.Found;
import dev.vidimus.registry.examine.Pipeline;
import dev.vidimus.registry.examine.Quarantined;
import dev.vidimus.registry.statement.Derivation;
import dev.vidimus.registry.statement.Examination;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One artifact on its way into the registry: quarantined, examined, and then recorded.
public final class Admission {
  private final Fetched fetched;
  private final Snapshot snapshot;
  private final Identity identity;
  private final List<Pipeline.Outcome> outcomes;
  private final List<Derivation> derivations;

  private Admission(
      Fetched fetched,
      Snapshot snapshot,
      Identity identity,
      List<Pipeline.Outcome> outcomes,
      List<Derivation> derivations) {
    this.fetched = fetched;
    this.snapshot = snapshot;
    this.identity = identity;
    this.outcomes = List.copyOf(outcomes);
    this.derivations = List.copyOf(derivations);
  }

  /// Hashes what was fetched, keeps it as blobs, and examines it. Nobody knows of it yet.
  ///
  /// @param meter counts what is examined
  public static Admission of(Fetched fetched, BlobStore blobs, Pipeline pipeline, Meter meter)
      throws IOException {
    return quarantine(fetched, blobs).examined(pipeline, meter);
  }

  /// Hashes what was fetched, and keeps it as blobs. Nobody knows of it yet.
  public static Admission quarantine(Fetched fetched, BlobStore blobs) throws IOException {
    Snapshot snapshot = Snapshot.of(fetched.root());
    Identity identity = Identity.of(snapshot, fetched.hashed());
    Map<String, Digest> digests = new LinkedHashMap<>();
    identity.files().forEach(file -> digests.put(file.path(), file.sha256()));
    for (Snapshot.Entry entry : snapshot.entries()) {
      Digest digest = digests.get(entry.path());
      if (digest != null) {
        blobs.keep(entry.file(), digest);
      }
    }
    return new Admission(fetched, snapshot, identity, List.of(), List.of());
  }

  /// The same, examined.
  ///
  /// @param meter counts what is examined
  public Admission examined(Pipeline pipeline, Meter meter) throws IOException {
    List<Pipeline.Outcome> all =
        pipeline.examine(
            new Quarantined(fetched.root(), snapshot, identity, fetched.name(), fetched.beside()),
            meter);
    return new Admission(fetched, snapshot, identity, all, derivations);
  }

  /// The same, compared with what it was made from.
  public Admission compared(List<Derivation> more) {
    return new Admission(fetched, snapshot, identity, outcomes, more);
  }

  /// Its files.
  public Snapshot snapshot() {
    return snapshot;
  }

  /// Digest of the snapshot.
  public String digest() {
    return identity.digest().toString();
  }

  /// Paths that are no part of the identity.
  public List<String> notInIdentity() {
    return identity.notInIdentity();
  }

  /// What the examiners found.
  public List<Pipeline.Outcome> outcomes() {
    return outcomes;
  }

  /// Records inspections and intake: from here on the artifact is known.
  ///
  /// The intake comes last. A crash can leave the first of several entries that are appended
  /// together, and nobody is to meet an artifact that came in and was not examined.
  ///
  /// @param submitter id of whoever asked
  /// @param name under which it is known
  /// @param tier for which it was submitted
  /// @param gate signs what is recorded
  public void record(Session session, String submitter, String name, String tier, SigningKey gate)
      throws IOException, FormatException, CheckFailed {
    session.keep(identity.list().getBytes(StandardCharsets.UTF_8));
    List<Intake.Beside> beside = new ArrayList<>();
    for (Path file : fetched.beside()) { // what came along stays, so that it can be read again
      beside.add(
          new Intake.Beside(
              String.valueOf(file.getFileName()),
              session.keep(Files.readAllBytes(file)).toString()));
    }
    Intake intake =
        new Intake(
            submitter,
            name,
            version(session, name),
            fetched.source(),
            snapshot.size(),
            identity.files().size(),
            tier,
            beside,
            identity.notInIdentity());
    session.authority().requireRole(submitter, Kind.INTAKE);
    List<Subject> subjects = subjects();
    inspections(session, submitter, gate);
    session.append(new Draft(Kind.INTAKE, submitter, subjects, intake.json(), gate));
    session.flush();
  }

  /// Records inspections and comparisons of an artifact that is known.
  ///
  /// @param actor id of whoever had it examined
  /// @param gate signs what is recorded
  public void inspections(Session session, String actor, SigningKey gate)
      throws IOException, CheckFailed {
    for (Pipeline.Outcome outcome : outcomes) {
      session.append(
          new Draft(
              Kind.INSPECTION,
              actor,
              List.of(subjects().getFirst()),
              examination(session, outcome).json(),
              gate));
    }
    for (Derivation derivation : derivations) {
      session.append(
          new Draft(
              Kind.DERIVATION, actor, List.of(subjects().getFirst()), derivation.json(), gate));
    }
  }

  /// The same bytes under the same name are the same version.
  private long version(Session session, String name) throws IOException {
    Long known =
        session
            .sql()
            .first(
                "SELECT version FROM submission WHERE snapshot = ? AND name = ?",
                row -> row.number(1),
                digest(),
                name);
    return known != null
        ? known
        : 1 + session.sql().number("SELECT max(version) FROM submission WHERE name = ?", name);
  }

  private List<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    subjects.add(new Subject("snapshot", Map.of("sha256", identity.digest().hex())));
    subjects.add(new Subject("oms-root", Map.of("sha256", identity.omsRoot().hex())));
    if (identity.files().size() == 1) {
      subjects.add(
          new Subject("file", Map.of("sha256", identity.files().getFirst().sha256().hex())));
    }
    fetched
        .aliases()
        .forEach(
            (kind, alias) -> {
              int colon = alias.indexOf(':');
              subjects.add(
                  new Subject(kind, Map.of(alias.substring(0, colon), alias.substring(colon + 1))));
            });
    return subjects;
  }

  private static Examination examination(Session session, Pipeline.Outcome outcome) {
    StringBuilder lines = new StringBuilder();
    for (Finding finding : outcome.found().findings()) {
      lines.append(line(finding)).append('\n');
    }
    for (String part : outcome.found().notExamined()) {
      lines.append(new JsonWriter().object().name("notExamined").string(part).endObject());
      lines.append('\n');
    }
    Digest findings = session.keep(lines.toString().getBytes(StandardCharsets.UTF_8));
    return new Examination(
        outcome.examiner().id(),
        outcome.examiner().version(),
        outcome.examiner().ruleSet(),
        outcome.startedOn(),
        outcome.finishedOn(),
        outcome.found().verdict(),
        outcome.found().notExamined().size(),
        outcome.found().counts(),
        findings.toString(),
        facts(session, outcome.found()));
  }

  /// What it established, with the digests of what it wrote: those are kept like findings.
  private static JsonObject facts(Session session, Found found) {
    if (found.documents().isEmpty()) {
      return found.facts();
    }
    JsonMembers documents = new JsonMembers();
    for (Found.Document one : found.documents()) {
      byte[] text = one.text().getBytes(StandardCharsets.UTF_8);
      documents.put(
          one.name(),
          new JsonMembers()
              .put("mediaType", one.mediaType())
              .put("digest", session.keep(text).toString())
              .put("size", text.length)
              .object());
    }
    JsonMembers facts = new JsonMembers();
    found.facts().members().forEach(facts::put);
    return facts.put("documents", documents.object()).object();
  }

  private static String line(Finding finding) {
    JsonWriter json = new JsonWriter().object().name("rule").string(finding.rule().text());
    json.name("level").string(finding.level().name());
    json.name("implies").string(finding.implies().word());
    json.name("file").string(finding.location().file());
    json.name("member").string(finding.location().member());
    json.name("offset").number(finding.location().offset());
    json.name("message").string(finding.message()).name("evidence").string(finding.evidence());
    return json.name("fix").string(finding.fix()).endObject().toString();
  }
}
