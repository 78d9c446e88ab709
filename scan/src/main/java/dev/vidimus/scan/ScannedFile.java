package dev.vidimus.scan;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Report;
import dev.vidimus.scan.inspection.Inspection.Explanation;
import dev.vidimus.scan.inspection.Reference;
import java.util.ArrayList;
import java.util.List;

/// The outcome of scanning one file.
///
/// @param report verdict, findings and gaps
/// @param explanation what loading would execute, in order; empty unless asked for
/// @param dropped findings over the bound that were counted, not kept
/// @param references what the file says about something else
public record ScannedFile(
    Report report, List<Explanation> explanation, long dropped, List<Reference> references) {
  public ScannedFile {
    explanation = List.copyOf(explanation);
    references = List.copyOf(references);
  }

  /// A file that refers to nothing.
  public ScannedFile(Report report, List<Explanation> explanation, long dropped) {
    this(report, explanation, dropped, List.of());
  }

  /// The same with one finding more.
  ScannedFile with(Finding finding) {
    List<Finding> findings = new ArrayList<>(report.findings());
    findings.add(finding);
    return with(findings);
  }

  /// The same with other findings.
  ScannedFile with(List<Finding> findings) {
    Report more =
        new Report(
            report.location(), report.format(), findings, report.notExamined(), report.bytes());
    return new ScannedFile(more, explanation, dropped, references);
  }
}
