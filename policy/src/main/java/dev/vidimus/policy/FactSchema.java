package dev.vidimus.policy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What rules may ask about: sections and their fields. A section that nobody established is
/// unknown, and so is every rule that asks about it.
public enum FactSchema {
  /// What it is. `aliases` are further digests of the same bytes; `submitters` are all who brought
  /// them in.
  ARTIFACT(
      "name",
      Type.TEXT,
      "version",
      Type.NUMBER,
      "snapshot",
      Type.TEXT,
      "files",
      Type.NUMBER,
      "bytes",
      Type.NUMBER,
      "notInIdentity",
      Type.NUMBER,
      "submitter",
      Type.TEXT,
      "aliases",
      Type.TEXTS,
      "submitters",
      Type.TEXTS),

  /// Where it came from. `hashesVerified`: files whose hash upstream had published.
  SOURCE(
      "kind",
      Type.TEXT,
      "location",
      Type.TEXT,
      "revision",
      Type.TEXT,
      "hashesVerified",
      Type.NUMBER),

  /// What is asked: may it, at this stage, in this environment of this tier?
  QUESTION("stage", Type.TEXT, "tier", Type.TEXT, "environment", Type.TEXT, "now", Type.TEXT),

  /// What loading it would do. Levels count findings; `ageHours` since it ended.
  SCAN(
      "verdict",
      Type.TEXT,
      "complete",
      Type.TRUTH,
      "notExamined",
      Type.NUMBER,
      "critical",
      Type.NUMBER,
      "high",
      Type.NUMBER,
      "medium",
      Type.NUMBER,
      "low",
      Type.NUMBER,
      "info",
      Type.NUMBER,
      "ageHours",
      Type.NUMBER,
      "finishedOn",
      Type.TEXT,
      "rules",
      Type.TEXTS,
      "formats",
      Type.TEXTS),

  /// What its files are together. `code`: files that loaders would run; `elsewhere`: what would be
  /// fetched as code or by code; `templates`: findings about templates and tokenizers; `surprises`:
  /// references and files that no honest repository has; `missing`: what is named and not there.
  REPOSITORY(
      "code",
      Type.TEXTS,
      "elsewhere",
      Type.TEXTS,
      "templates",
      Type.TEXTS,
      "surprises",
      Type.TEXTS,
      "needs",
      Type.TEXTS,
      "missing",
      Type.NUMBER),

  /// What it is made of, and what is known against it. `missing`: parts that the bill of materials
  /// lacks; `vulnerable`: packages with a serious vulnerability, and `advisoriesAgeDays` the age of
  /// what they were looked up in; `open`: packages that are not pinned by version, hash and lock;
  /// `unseen`: packages that the version before under this name did not name; `widened`: licences
  /// that drop a condition of what it is made from; `contradictions`: claims of the card that its
  /// files contradict.
  INVENTORY(
      "parts",
      Type.NUMBER,
      "packages",
      Type.NUMBER,
      "missing",
      Type.NUMBER,
      "malware",
      Type.TEXTS,
      "vulnerable",
      Type.TEXTS,
      "advisoriesAgeDays",
      Type.NUMBER,
      "open",
      Type.TEXTS,
      "sources",
      Type.TEXTS,
      "lookAlikes",
      Type.TEXTS,
      "unseen",
      Type.TEXTS,
      "licences",
      Type.TEXTS,
      "widened",
      Type.TEXTS,
      "contradictions",
      Type.TEXTS),

  /// Who vouches for it: verified against the keys of `trust.yaml`.
  SIGNATURES(
      "present",
      Type.NUMBER,
      "verified",
      Type.NUMBER,
      "identities",
      Type.TEXTS,
      "unsignedFiles",
      Type.NUMBER),

  /// How it was built, by provenance of somebody whom `trust.yaml` lets speak for the builder.
  /// `level` is the SLSA level that every file has; while nothing is verified, all but the first
  /// two is unknown.
  PROVENANCE(
      "present",
      Type.NUMBER,
      "verified",
      Type.NUMBER,
      "level",
      Type.NUMBER,
      "uncoveredFiles",
      Type.NUMBER,
      "builders",
      Type.TEXTS,
      "sources",
      Type.TEXTS,
      "signers",
      Type.TEXTS),

  /// What other verifiers decided: summaries that say PASSED, by those of `trust.yaml`.
  SUMMARIES(
      "present",
      Type.NUMBER,
      "verified",
      Type.NUMBER,
      "verifiers",
      Type.TEXTS,
      "levels",
      Type.TEXTS),

  /// Everything that comes along signed; `types` are predicate types of what was verified.
  ATTESTATIONS(
      "present", Type.NUMBER, "verified", Type.NUMBER, "types", Type.TEXTS, "signers", Type.TEXTS),

  /// What it says that it was made from, as far as weights can show it. `unverified` has every
  /// claim that is not verified, whatever the reason; `refuted` those that are false.
  LINEAGE(
      "claims",
      Type.NUMBER,
      "verified",
      Type.NUMBER,
      "unverified",
      Type.TEXTS,
      "suspicious",
      Type.TEXTS,
      "refuted",
      Type.TEXTS),

  /// Which people said yes, and still do: distinct, and neither the submitter nor the author of an
  /// exception.
  APPROVALS("count", Type.NUMBER, "rejections", Type.NUMBER, "people", Type.TEXTS),

  /// Whether it must run nowhere.
  REVOCATION("revoked", Type.TRUTH, "malicious", Type.TRUTH, "reason", Type.TEXT);

  /// Kinds of values.
  public enum Type {
    TEXT,
    NUMBER,
    TRUTH,
    TEXTS
  }

  private final Map<String, Type> fields;

  FactSchema(Object... namesAndTypes) {
    Map<String, Type> all = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      all.put((String) namesAndTypes[i], (Type) namesAndTypes[i + 1]);
    }
    this.fields = Map.copyOf(all);
  }

  /// The variable's name in rules: `scan`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The names of its fields.
  public Set<String> fields() {
    return fields.keySet();
  }

  /// The type of a field, or null if there is no such field.
  public @Nullable Type type(String field) {
    return fields.get(field);
  }

  /// The section of that name, or null.
  public static @Nullable FactSchema ofWord(String word) {
    for (FactSchema section : values()) {
      if (section.word().equals(word)) {
        return section;
      }
    }
    return null;
  }
}
