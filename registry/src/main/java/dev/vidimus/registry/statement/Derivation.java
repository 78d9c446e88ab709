package dev.vidimus.registry.statement;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.lineage.derive.OutcomeTree;
import dev.vidimus.lineage.derive.Reason;
import dev.vidimus.lineage.derive.Relation;
import dev.vidimus.lineage.derive.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether something was made as it is said to have been made: the predicate of a derivation. The
/// subject is the child. Nothing but `times` depends on who computes it, where and when, so that
/// `record`, the digest of all the rest, is the same for everybody.
///
/// @param version of the engine
/// @param ruleSet digest of its rules
/// @param relation the word of the relation that was checked
/// @param materials what it was compared with
/// @param declared what was said of the way
/// @param verdict by its name
/// @param reason by its code
/// @param culprits the first of them, by the child's own names
/// @param culpritCount how many there are
/// @param found parameters that were declared and found
/// @param tensors what is worth saying of single tensors
/// @param notes for people
/// @param bytesRead of all tensors
/// @param startedOn when it began
/// @param finishedOn when it ended
public record Derivation(
    String version,
    String ruleSet,
    String relation,
    List<Material> materials,
    JsonObject declared,
    Verdict verdict,
    String reason,
    List<String> culprits,
    long culpritCount,
    JsonObject found,
    JsonArray tensors,
    List<String> notes,
    long bytesRead,
    Instant startedOn,
    Instant finishedOn) {
  private static final String ENGINE = "vidimus.compare";
  private static final int MOST_CULPRITS = 1_000;

  public Derivation {
    materials = List.copyOf(materials);
    culprits = List.copyOf(culprits);
    notes = List.copyOf(notes);
  }

  /// Something that went into it.
  ///
  /// @param role `parent` or `adapter`
  /// @param digest by algorithm, in hex, as subjects of statements have it
  public record Material(String role, Map<String, String> digest) {
    public Material {
      digest = Map.copyOf(digest);
    }
  }

  /// The record of an outcome.
  ///
  /// @param declared what was said of the way
  /// @param version of this build
  public static Derivation of(
      Outcome outcome,
      List<Material> materials,
      JsonObject declared,
      String version,
      Instant startedOn,
      Instant finishedOn) {
    List<String> culprits = outcome.culprits();
    return new Derivation(
        version,
        ruleSet(version),
        outcome.relation(),
        materials,
        declared,
        outcome.verdict(),
        outcome.reason().name(),
        culprits.subList(0, Math.min(MOST_CULPRITS, culprits.size())),
        culprits.size(),
        OutcomeTree.parameters(outcome),
        OutcomeTree.tensors(outcome),
        outcome.notes(),
        outcome.bytesRead(),
        startedOn,
        finishedOn);
  }

  /// Digest of the rules of a version: its relations and reasons; limits belong to the version.
  public static String ruleSet(String version) {
    StringBuilder rules = new StringBuilder(version);
    Relation.words().forEach(word -> rules.append('\n').append(word));
    for (Reason reason : Reason.values()) {
      rules.append('\n').append(reason.name());
    }
    return Digest.sha256(rules.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Whether every value was recomputed, and the claim holds.
  public boolean verified() {
    return verdict == Verdict.VERIFIED;
  }

  /// Digest of everything but the times: two parties who compared the same have the same.
  public String record() {
    String text = Json.text(lasting().object());
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// The predicate.
  public JsonObject json() {
    return lasting()
        .put("record", record())
        .put(
            "times",
            new JsonMembers()
                .put("startedOn", startedOn.toString())
                .put("finishedOn", finishedOn.toString())
                .object())
        .object();
  }

  private JsonMembers lasting() {
    List<JsonValue> all = new ArrayList<>();
    for (Material material : materials) {
      JsonMembers digests = new JsonMembers();
      material.digest().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(digest -> digests.put(digest.getKey(), digest.getValue()));
      all.add(
          new JsonMembers().put("role", material.role()).put("digest", digests.object()).object());
    }
    return new JsonMembers()
        .put(
            "engine",
            new JsonMembers()
                .put("id", ENGINE)
                .put("version", version)
                .put("ruleSet", ruleSet)
                .object())
        .put("relation", relation)
        .put("materials", new JsonArray(all))
        .put("parameters", new JsonMembers().put("declared", declared).put("found", found).object())
        .put("verdict", verdict.name())
        .put("reason", reason)
        .put("culprits", culprits)
        .put("culpritCount", culpritCount)
        .put("tensors", tensors)
        .put("notes", notes)
        .put("limit", Outcome.LIMIT)
        .put("bytesRead", bytesRead);
  }

  /// Reads the predicate.
  public static Derivation read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.DERIVATION);
    PredicateReader engine = reader.object("engine");
    PredicateReader parameters = reader.object("parameters");
    PredicateReader times = reader.object("times");
    List<Material> materials = new ArrayList<>();
    for (PredicateReader material : reader.objects("materials")) {
      Map<String, String> digest = new LinkedHashMap<>();
      for (Map.Entry<String, JsonValue> one : material.raw("digest").members().entrySet()) {
        if (one.getValue() instanceof JsonString(String hex)) {
          digest.put(one.getKey(), hex);
        }
      }
      materials.add(new Material(material.text("role"), digest));
    }
    return new Derivation(
        engine.text("version"),
        engine.text("ruleSet"),
        reader.text("relation"),
        materials,
        parameters.raw("declared"),
        verdict(reader),
        reader.text("reason"),
        reader.texts("culprits"),
        reader.number("culpritCount"),
        parameters.raw("found"),
        reader.value("tensors") instanceof JsonArray tensors ? tensors : new JsonArray(List.of()),
        reader.texts("notes"),
        reader.number("bytesRead"),
        times.time("startedOn"),
        times.time("finishedOn"));
  }

  /// A word that is not known turns no no into a yes.
  private static Verdict verdict(PredicateReader reader) throws FormatException {
    String word = reader.text("verdict");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.name().equals(word)) {
        return verdict;
      }
    }
    throw reader.malformed("verdict", "is no verdict: " + word);
  }
}
