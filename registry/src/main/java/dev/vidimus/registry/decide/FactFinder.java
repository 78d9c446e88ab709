package dev.vidimus.registry.decide;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.FactSchema;
import dev.vidimus.policy.Facts;
import dev.vidimus.policy.PredicateTypes;
import dev.vidimus.policy.Transition;
import dev.vidimus.registry.examine.Trust;
import dev.vidimus.registry.lifecycle.EvidenceDigest;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.Origins;
import dev.vidimus.registry.statement.Examination;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The facts about an artifact, from the tables alone.
final class FactFinder {
  private final Sql sql;
  private final Artifact artifact;
  private final CheckedPolicy policy;
  private final Trust trust;
  private final Facts.Builder facts = new Facts.Builder();

  /// @param policy that asks: approvals count for it alone
  /// @param trust by that policy: what was verified before counts only while it does
  FactFinder(Sql sql, Artifact artifact, CheckedPolicy policy, Trust trust) {
    this.sql = sql;
    this.artifact = artifact;
    this.policy = policy;
    this.trust = trust;
  }

  Facts find(String stage, String tier, String environment, Instant now)
      throws IOException, FormatException {
    facts.put(FactSchema.QUESTION, "stage", stage).put(FactSchema.QUESTION, "tier", tier);
    facts.put(FactSchema.QUESTION, "environment", environment);
    facts.put(FactSchema.QUESTION, "now", now.toString());
    artifact();
    inspections(now);
    revocation();
    exceptions();
    approvals(environment);
    return facts.build();
  }

  private void artifact() throws IOException {
    facts.put(FactSchema.ARTIFACT, "name", artifact.name());
    facts.put(FactSchema.ARTIFACT, "version", artifact.version());
    facts.put(FactSchema.ARTIFACT, "snapshot", artifact.snapshot());
    facts.put(FactSchema.ARTIFACT, "files", artifact.files());
    facts.put(FactSchema.ARTIFACT, "bytes", artifact.bytes());
    facts.put(FactSchema.ARTIFACT, "submitter", artifact.submitter());
    facts.put(FactSchema.ARTIFACT, "submitters", Artifact.submitters(sql, artifact.snapshot()));
    facts.put(
        FactSchema.ARTIFACT,
        "aliases",
        sql.all(
            "SELECT alias FROM alias WHERE snapshot = ? ORDER BY alias",
            row -> row.text(1),
            artifact.snapshot()));
    facts.put(
        FactSchema.ARTIFACT,
        "notInIdentity",
        sql.number("SELECT extra FROM artifact WHERE snapshot = ?", artifact.snapshot()));
    facts.put(FactSchema.SOURCE, "kind", artifact.kind());
    facts.put(FactSchema.SOURCE, "location", artifact.source());
    facts.put(FactSchema.SOURCE, "revision", artifact.revision());
    facts.put(
        FactSchema.SOURCE,
        "hashesVerified",
        sql.number("SELECT hashes FROM artifact WHERE snapshot = ?", artifact.snapshot()));
    List<String> intakes =
        sql.all(
            "SELECT envelope FROM statement WHERE snapshot = ? AND kind = 'intake' AND fact = 1",
            row -> row.text(1),
            artifact.snapshot());
    facts.evidence(FactSchema.ARTIFACT, intakes).evidence(FactSchema.SOURCE, intakes);
  }

  private record Last(String examiner, String body, String envelope) {}

  private void inspections(Instant now) throws IOException, FormatException {
    for (Last last :
        sql.all(
            "SELECT examiner, body, envelope FROM inspection WHERE snapshot = ?",
            row -> new Last(row.text(1), row.text(2), row.text(3)),
            artifact.snapshot())) {
      Examination found = Examination.read((JsonObject) Json.parse(last.body(), "inspection"));
      if (last.examiner().equals("scan")) {
        scan(found, last.envelope(), now);
      } else if (last.examiner().equals("signatures")) {
        signatures(found, last.envelope());
      } else if (last.examiner().equals("attestations")) {
        new Vouched(facts, trust).add(found, last.envelope());
      } else if (last.examiner().equals("lineage")) {
        lineage(found, last.envelope());
      } else if (last.examiner().equals("inventory")) {
        new Inventoried(sql, artifact, facts).add(found, last.envelope(), now);
      }
    }
  }

  private void scan(Examination found, String envelope, Instant now) throws IOException {
    facts.put(FactSchema.SCAN, "verdict", found.verdict().word());
    facts.put(FactSchema.SCAN, "complete", found.complete());
    facts.put(FactSchema.SCAN, "notExamined", found.notExamined());
    for (Level level : Level.values()) {
      facts.put(
          FactSchema.SCAN,
          level.name().toLowerCase(Locale.ROOT),
          found.counts().getOrDefault(level, 0L));
    }
    facts.put(
        FactSchema.SCAN,
        "ageHours",
        Math.max(0, Duration.between(found.finishedOn(), now).toHours()));
    facts.put(FactSchema.SCAN, "finishedOn", found.finishedOn().toString());
    facts.put(
        FactSchema.SCAN,
        "rules",
        sql.all(
            "SELECT rule FROM finding WHERE snapshot = ? AND examiner = 'scan' ORDER BY rule",
            row -> row.text(1),
            artifact.snapshot()));
    facts.put(FactSchema.SCAN, "formats", texts(found.facts().get("formats")));
    facts.evidence(FactSchema.SCAN, List.of(envelope));
    repository(found, envelope);
  }

  /// Scans before there were these facts say nothing, which is not that there is nothing.
  private void repository(Examination found, String envelope) {
    if (!(found.facts().get("repository") instanceof JsonObject together)
        || !(together.get("missing") instanceof JsonNumber(String missing))) {
      return;
    }
    for (String list : List.of("code", "elsewhere", "templates", "surprises", "needs")) {
      facts.put(FactSchema.REPOSITORY, list, texts(together.get(list)));
    }
    facts.put(FactSchema.REPOSITORY, "missing", Long.parseLong(missing));
    facts.evidence(FactSchema.REPOSITORY, List.of(envelope));
  }

  static List<String> texts(@Nullable JsonValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof JsonArray(List<JsonValue> elements)) {
      for (JsonValue element : elements) {
        if (element instanceof JsonString(String text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private void signatures(Examination found, String envelope) {
    if (!found.complete()
        || !(found.facts().get("signatures") instanceof JsonArray(List<JsonValue> all))) {
      return; // could not look is not the same as unsigned
    }
    Set<String> identities = new TreeSet<>();
    long fewest = Long.MAX_VALUE;
    for (JsonValue one : all) {
      if (one instanceof JsonObject signature
          && signature.get("verified") instanceof JsonBoolean(boolean verified)
          && verified
          && trust.still(signature, PredicateTypes.MODEL) != null) {
        identities.add(String.valueOf(signature.string("identity")));
        fewest = Math.min(fewest, texts(signature.get("unsigned")).size());
      }
    }
    facts.put(FactSchema.SIGNATURES, "present", (long) all.size());
    facts.put(FactSchema.SIGNATURES, "verified", (long) identities.size());
    facts.put(FactSchema.SIGNATURES, "identities", List.copyOf(identities));
    facts.put(
        FactSchema.SIGNATURES, "unsignedFiles", identities.isEmpty() ? artifact.files() : fewest);
    facts.evidence(FactSchema.SIGNATURES, List.of(envelope));
  }

  /// Could not look is not the same as: it says nothing.
  private void lineage(Examination found, String envelope) throws IOException {
    if (!found.complete()) {
      return;
    }
    List<String> unverified = new ArrayList<>();
    List<String> suspicious = new ArrayList<>();
    List<String> refuted = new ArrayList<>();
    Set<String> envelopes = new LinkedHashSet<>(List.of(envelope));
    List<Origins.Judged> all = new Origins(sql).judged(artifact.snapshot());
    for (Origins.Judged one : all) {
      String text = one.claim().text() + " " + one.why();
      if (one.standing() != Origins.Standing.VERIFIED) {
        unverified.add(text);
      }
      if (one.standing() == Origins.Standing.REFUTED) {
        refuted.add(text);
      } else if (one.standing() == Origins.Standing.SUSPICIOUS) {
        suspicious.add(text);
      }
      if (!one.envelope().isEmpty()) {
        envelopes.add(one.envelope());
      }
    }
    facts.put(FactSchema.LINEAGE, "claims", (long) all.size());
    facts.put(FactSchema.LINEAGE, "verified", (long) all.size() - unverified.size());
    facts.put(FactSchema.LINEAGE, "unverified", unverified);
    facts.put(FactSchema.LINEAGE, "suspicious", suspicious);
    facts.put(FactSchema.LINEAGE, "refuted", refuted);
    facts.evidence(FactSchema.LINEAGE, List.copyOf(envelopes));
  }

  private void revocation() throws IOException {
    List<Impact.Revoked> revoked = new Impact(sql).revocations(artifact.snapshot());
    facts.put(FactSchema.REVOCATION, "revoked", !revoked.isEmpty());
    facts.put(
        FactSchema.REVOCATION, "malicious", revoked.stream().anyMatch(Impact.Revoked::malicious));
    facts.put(
        FactSchema.REVOCATION, "reason", revoked.isEmpty() ? "" : revoked.getFirst().reason());
    facts.evidence(FactSchema.REVOCATION, revoked.stream().map(Impact.Revoked::envelope).toList());
  }

  private void exceptions() throws IOException {
    for (Facts.Exempt exempt :
        sql.all(
            "SELECT envelope, rule, owner, approver, expires FROM exception WHERE snapshot = ?"
                + " ORDER BY idx",
            row ->
                new Facts.Exempt(
                    row.text(1), row.text(2), row.text(3), row.text(4), Instant.parse(row.text(5))),
            artifact.snapshot())) {
      facts.exempt(exempt);
    }
  }

  /// Distinct people who said yes to exactly this, are known, are no machines, and have neither
  /// submitted it nor asked for an exception for it, and have a role that the policy wants.
  private void approvals(String environment) throws IOException {
    String evidence = EvidenceDigest.of(sql, artifact.snapshot());
    Set<String> people = new TreeSet<>();
    Set<String> against = new TreeSet<>();
    List<String> envelopes = new ArrayList<>();
    Barred barred = Barred.from(sql, artifact, policy);
    Set<String> may = mayApprove();
    for (Chain.Answer answer :
        new Chain(sql).answers(artifact.snapshot(), policy.digest(), evidence)) {
      if (!answer.environment().equals(environment)) {
        continue;
      }
      if (answer.rejected()) {
        against.add(answer.person());
        people.remove(answer.person());
        envelopes.add(answer.envelope());
      } else if (answer.valid() && !barred.has(answer.person()) && may.contains(answer.person())) {
        people.add(answer.person());
        against.remove(answer.person()); // the last word counts
        envelopes.add(answer.envelope());
      }
    }
    facts.put(FactSchema.APPROVALS, "count", (long) people.size());
    facts.put(FactSchema.APPROVALS, "rejections", (long) against.size());
    facts.put(FactSchema.APPROVALS, "people", List.copyOf(people));
    facts.evidence(FactSchema.APPROVALS, envelopes);
  }

  /// People who are known, are no machines, and have a role that the policy wants of approvers.
  private Set<String> mayApprove() throws IOException {
    Transition approved = policy.bundle().transition("approved");
    Set<String> may = new TreeSet<>();
    for (Known known :
        sql.all(
            "SELECT id, roles FROM person WHERE removed = 0 AND service = 0",
            row -> new Known(row.text(1), row.text(2)))) {
      if (approved == null || approved.allows(List.of(known.roles().split(",", -1)))) {
        may.add(known.id());
      }
    }
    return may;
  }

  private record Known(String id, String roles) {}
}
