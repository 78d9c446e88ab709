package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Scans a stream as a file called `model.pkl`; nested targets are scanned as pickles too.
final class PickleScans {
  private PickleScans() {}

  static Report scan(byte... stream) {
    return scan(Allowlist.of(Profile.ALL), stream);
  }

  static Report scan(Allowlist allowlist, byte... stream) {
    Inspection inspection = inspect(allowlist, false, stream);
    return new Report(
        Location.of("model.pkl"),
        "pickle",
        inspection.findings(),
        inspection.notExamined(),
        stream.length);
  }

  static List<String> explain(byte... stream) {
    return inspect(Allowlist.of(Profile.ALL), true, stream).explanations().stream()
        .map(line -> line.location().offset() + ": " + line.line())
        .toList();
  }

  private static Inspection inspect(Allowlist allowlist, boolean explain, byte... stream) {
    PickleScanner scanner = new PickleScanner(allowlist);
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    Inspection inspection =
        new Inspection(new ScanOptions(Limits.DEFAULT, explain), spool, scanner);
    try {
      scanner.scan(
          Target.file(Bytes.of(stream), Location.of("model.pkl"), "model.pkl"), inspection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inspection;
  }

  static List<String> rules(Report report) {
    return report.findings().stream().map(Finding::rule).map(Object::toString).toList();
  }
}
