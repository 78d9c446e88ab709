package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file of the scan fixtures against what a right scanner may say of it.
class FixtureVerdictTest {
  @TempDir Path spool;

  /// One row of `expected.tsv`.
  ///
  /// @param accept every verdict that a right scanner may give
  private record Row(String path, List<String> accept) {
    static Row of(String line) {
      String[] columns = line.split("\t", -1);
      return new Row(columns[0], List.of(columns[6].split("\\|", -1)));
    }
  }

  @Test
  void everyVerdictIsOneThatARightScannerMayGive() throws IOException {
    Path folder = Fixtures.folder("scan");
    ScanExaminer examiner =
        new ScanExaminer(
            new ScanOptions(Limits.DEFAULT, false),
            Allowlist.of(Profile.ALL),
            new Spool(spool, Limits.DEFAULT.spoolBytes()));
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    int quiet = 0;
    for (String line : Files.readAllLines(folder.resolve("expected.tsv"))) {
      if (line.startsWith("path\t")) {
        continue;
      }
      Row row = Row.of(line);
      try (Bytes bytes = FileBytes.open(folder.resolve(row.path()))) {
        Report report = examiner.scan(bytes, row.path()).report();
        rows++;
        quiet += row.accept().equals(List.of("clean")) ? 1 : 0;
        check(row, report, wrong);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).as("rows").isEqualTo(964);
    assertThat(quiet).as("rows that must be quiet").isGreaterThanOrEqualTo(313);
  }

  private static void check(Row row, Report report, List<String> wrong) {
    String verdict = report.verdict() == Verdict.INCOMPLETE ? "invalid" : report.verdict().word();
    if (!row.accept().contains(verdict)) {
      wrong.add(
          row.path() + " is " + report.verdict().word() + ", expected one of " + row.accept());
    }
    if (row.accept().equals(List.of("clean"))) {
      report.findings().stream()
          .filter(finding -> finding.level().compareTo(Level.INFO) > 0)
          .forEach(
              finding ->
                  wrong.add(
                      row.path() + ": false alarm " + finding.rule() + " " + finding.message()));
    }
  }
}
