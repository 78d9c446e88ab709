package dev.vidimus.registry.decide;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.policy.FactSchema;
import dev.vidimus.policy.Facts;
import dev.vidimus.policy.PredicateTypes;
import dev.vidimus.policy.TrustedIssuer;
import dev.vidimus.registry.examine.Trust;
import dev.vidimus.registry.statement.Examination;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What others say of an artifact, as facts: only what somebody signed whom the policy trusts now.
final class Vouched {
  private final Facts.Builder facts;
  private final Trust trust;
  private final List<Built> built = new ArrayList<>();
  private final Set<String> builders = new TreeSet<>();
  private final Set<String> sources = new TreeSet<>();
  private final Set<String> builtBy = new TreeSet<>();
  private final Set<String> verifiers = new TreeSet<>();
  private final Set<String> levels = new TreeSet<>();
  private final Set<String> types = new TreeSet<>();
  private final Set<String> signers = new TreeSet<>();
  private long provenances;
  private long summaries;
  private long verifiedSummaries;
  private long verified;

  Vouched(Facts.Builder facts, Trust trust) {
    this.facts = facts;
    this.trust = trust;
  }

  /// Provenance that counts.
  ///
  /// @param level that the builder deserves
  /// @param uncovered files that it is not about
  private record Built(long level, Set<String> uncovered) {}

  void add(Examination found, String envelope) {
    if (!found.complete()
        || !(found.facts().get("attestations") instanceof JsonArray(List<JsonValue> all))) {
      return; // could not look is not the same as none
    }
    for (JsonValue one : all) {
      if (one instanceof JsonObject attestation) {
        add(attestation);
      }
    }
    facts.put(FactSchema.ATTESTATIONS, "present", (long) all.size());
    facts.put(FactSchema.ATTESTATIONS, "verified", verified);
    facts.put(FactSchema.ATTESTATIONS, "types", List.copyOf(types));
    facts.put(FactSchema.ATTESTATIONS, "signers", List.copyOf(signers));
    facts.put(FactSchema.PROVENANCE, "present", provenances);
    facts.put(FactSchema.PROVENANCE, "verified", (long) built.size());
    if (!built.isEmpty()) {
      facts.put(FactSchema.PROVENANCE, "level", level());
      facts.put(FactSchema.PROVENANCE, "uncoveredFiles", uncovered(0));
      facts.put(FactSchema.PROVENANCE, "builders", List.copyOf(builders));
      facts.put(FactSchema.PROVENANCE, "sources", List.copyOf(sources));
      facts.put(FactSchema.PROVENANCE, "signers", List.copyOf(builtBy));
    }
    facts.put(FactSchema.SUMMARIES, "present", summaries);
    facts.put(FactSchema.SUMMARIES, "verified", verifiedSummaries);
    if (verifiedSummaries > 0) {
      facts.put(FactSchema.SUMMARIES, "verifiers", List.copyOf(verifiers));
      facts.put(FactSchema.SUMMARIES, "levels", List.copyOf(levels));
    }
    for (FactSchema section :
        List.of(FactSchema.ATTESTATIONS, FactSchema.PROVENANCE, FactSchema.SUMMARIES)) {
      facts.evidence(section, List.of(envelope));
    }
  }

  private void add(JsonObject attestation) {
    String type = text(attestation, "type");
    boolean isProvenance = PredicateTypes.PROVENANCE.contains(type);
    boolean isSummary = type.equals(PredicateTypes.SUMMARY);
    provenances += isProvenance ? 1 : 0;
    summaries += isSummary ? 1 : 0;
    TrustedIssuer signer = signer(attestation, type);
    if (signer == null) {
      return;
    }
    if (isProvenance) {
      Long level = signer.builders().get(text(attestation, "spokenFor"));
      if (level == null) {
        return; // the signer does not speak for this builder any more
      }
      built.add(new Built(level, texts(attestation.get("uncovered"))));
      builders.add(text(attestation, "builder"));
      sources.add(text(attestation, "source"));
      builtBy.add(signer.identity());
    } else if (isSummary) {
      if (!signer.verifiers().contains(text(attestation, "verifier"))
          || !signer.mayBeFor(text(attestation, "resource"))
          || !texts(attestation.get("uncovered")).isEmpty()) {
        return;
      }
      verifiedSummaries++;
      verifiers.add(text(attestation, "verifier"));
      levels.addAll(List.of(text(attestation, "levels").split(", ", -1)));
    }
    verified++;
    types.add(type);
    signers.add(signer.identity());
  }

  private @Nullable TrustedIssuer signer(JsonObject attestation, String type) {
    return attestation.get("verified") instanceof JsonBoolean(boolean was) && was
        ? trust.still(attestation, type)
        : null;
  }

  /// The highest level that no file lacks.
  private long level() {
    long highest = 0;
    for (Built one : built) {
      if (one.level() > highest && uncovered(one.level()) == 0) {
        highest = one.level();
      }
    }
    return highest;
  }

  /// Files of which no provenance of at least this level says anything.
  private long uncovered(long level) {
    Set<String> left = null;
    for (Built one : built) {
      if (one.level() >= level) {
        if (left == null) {
          left = new HashSet<>(one.uncovered());
        } else {
          left.retainAll(one.uncovered());
        }
      }
    }
    return left == null ? 0 : left.size();
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    return text == null ? "" : text;
  }

  private static Set<String> texts(@Nullable JsonValue value) {
    Set<String> texts = new HashSet<>();
    if (value instanceof JsonArray(List<JsonValue> elements)) {
      for (JsonValue element : elements) {
        if (element instanceof JsonString(String text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
