package dev.vidimus.scan;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Scans bytes by every reading that their content and name allow, as the command line does.
public final class WholeScan {
  private WholeScan() {}

  /// What a scan reports of a file.
  public static Report report(String name, byte... bytes) throws IOException {
    ScanExaminer examiner =
        new ScanExaminer(
            new ScanOptions(Limits.DEFAULT, false),
            Allowlist.of(Profile.ALL),
            new Spool(Path.of("target", "spool"), 1 << 20));
    return examiner.scan(Bytes.of(bytes), name).report();
  }

  /// The same of a text.
  public static Report report(String name, String text) throws IOException {
    return report(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// The rules of the findings, each once; `incomplete` if a part was not examined.
  public static List<String> rules(Report report) {
    List<String> rules =
        new ArrayList<>(
            report.findings().stream()
                .map(Finding::rule)
                .map(Object::toString)
                .distinct()
                .toList());
    if (!report.notExamined().isEmpty()) {
      rules.add("incomplete");
    }
    return rules;
  }
}
