package dev.vidimus.artifact;

import java.util.List;

/// What an examiner says of one file: pure data.
///
/// @param location the file
/// @param format its format by content, such as `pickle` or `safetensors`
/// @param findings in the order of their offsets
/// @param notExamined parts that were not looked at
/// @param bytes size of the file
public record Report(
    Location location,
    String format,
    List<Finding> findings,
    List<NotExamined> notExamined,
    long bytes) {
  public Report {
    findings = List.copyOf(findings);
    notExamined = List.copyOf(notExamined);
  }

  /// The worst that any finding implies; incomplete at best if a part was not examined.
  public Verdict verdict() {
    Verdict verdict = notExamined.isEmpty() ? Verdict.CLEAN : Verdict.INCOMPLETE;
    for (Finding finding : findings) {
      verdict = verdict.worse(finding.implies());
    }
    return verdict;
  }
}
