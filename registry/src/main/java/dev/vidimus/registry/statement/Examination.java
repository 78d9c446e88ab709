package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What one examiner found: the predicate of an inspection.
///
/// @param examiner its id, such as `scan`
/// @param version of the examiner
/// @param ruleSet digest of its rules, so that two inspections can be compared
/// @param startedOn when it began
/// @param finishedOn when it ended
/// @param verdict the worst of any file
/// @param notExamined parts that were not examined; 0 means that all was
/// @param counts findings by level
/// @param findings digest of all findings, one a line, a blob beside the envelopes
/// @param facts what else it established, by its own names
public record Examination(
    String examiner,
    String version,
    String ruleSet,
    Instant startedOn,
    Instant finishedOn,
    Verdict verdict,
    long notExamined,
    Map<Level, Long> counts,
    String findings,
    JsonObject facts) {
  public Examination {
    counts = new EnumMap<>(counts);
  }

  /// Whether everything was examined.
  public boolean complete() {
    return notExamined == 0;
  }

  /// The predicate.
  public JsonObject json() {
    JsonMembers levels = new JsonMembers();
    counts.forEach((level, count) -> levels.put(level.name().toLowerCase(Locale.ROOT), count));
    return new JsonMembers()
        .put(
            "examiner",
            new JsonMembers()
                .put("id", examiner)
                .put("version", version)
                .put("ruleSet", ruleSet)
                .object())
        .put("startedOn", startedOn.toString())
        .put("finishedOn", finishedOn.toString())
        .put("verdict", verdict.word())
        .put("complete", complete())
        .put("notExamined", notExamined)
        .put(
            "findings",
            new JsonMembers().put("count", levels.object()).put("digest", findings).object())
        .put("facts", facts)
        .object();
  }

  /// Reads the predicate.
  public static Examination read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.INSPECTION);
    PredicateReader examiner = reader.object("examiner");
    PredicateReader findings = reader.object("findings");
    PredicateReader count = findings.object("count");
    Map<Level, Long> counts = new EnumMap<>(Level.class);
    for (String level : findings.raw("count").members().keySet()) {
      counts.put(level(count, level), count.number(level));
    }
    return new Examination(
        examiner.text("id"),
        examiner.text("version"),
        examiner.text("ruleSet"),
        reader.time("startedOn"),
        reader.time("finishedOn"),
        verdict(reader),
        reader.number("notExamined"),
        counts,
        findings.text("digest"),
        reader.raw("facts"));
  }

  private static Level level(PredicateReader reader, String word) throws FormatException {
    for (Level level : Level.values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(word)) {
        return level;
      }
    }
    throw reader.malformed(word, "is no level");
  }

  private static Verdict verdict(PredicateReader reader) throws FormatException {
    String word = reader.text("verdict");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.word().equals(word)) {
        return verdict;
      }
    }
    throw reader.malformed("verdict", "is no verdict: " + word);
  }
}
