package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.statement.JsonMembers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What an examiner found.
///
/// @param verdict the worst of any file
/// @param findings in the order of the files
/// @param notExamined parts that were not examined, as `path: reason`
/// @param facts what else it established, by its own names
/// @param documents what it wrote; the statement names their digests, and signs them so
public record Found(
    Verdict verdict,
    List<Finding> findings,
    List<String> notExamined,
    JsonObject facts,
    List<Document> documents) {
  private static final int PRINTED = 300;

  public Found {
    findings = List.copyOf(findings);
    notExamined = List.copyOf(notExamined);
    documents = List.copyOf(documents);
  }

  /// What an examiner found that writes no documents.
  public Found(
      Verdict verdict, List<Finding> findings, List<String> notExamined, JsonObject facts) {
    this(verdict, findings, notExamined, facts, List.of());
  }

  /// A document about an artifact, such as its bill of materials or its tensors.
  ///
  /// @param name such as `bom`
  /// @param mediaType such as `application/vnd.cyclonedx+json`
  public record Document(String name, String mediaType, String text) {}

  /// The answer of an examiner that failed: nothing was examined.
  static Found failed(Throwable cause) {
    String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return new Found(
        Verdict.INCOMPLETE,
        List.of(),
        List.of("everything: " + Printable.of(reason, PRINTED)),
        new JsonMembers().object());
  }

  /// Findings by level.
  public Map<Level, Long> counts() {
    Map<Level, Long> counts = new EnumMap<>(Level.class);
    findings.forEach(finding -> counts.merge(finding.level(), 1L, Long::sum));
    return counts;
  }
}
