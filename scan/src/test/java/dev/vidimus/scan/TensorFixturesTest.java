package dev.vidimus.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The verdicts about tensor files of the shared fixtures, and about files that are no model: each
/// is one that its row accepts.
class TensorFixturesTest {
  private static final Set<String> FORMATS =
      Set.of(
          "safetensors",
          "gguf",
          "npy",
          "npz",
          "raw",
          "empty",
          "html",
          "lfs-pointer",
          "elf",
          "script");

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> everyVerdictIsOneThatItsRowAccepts() throws IOException {
    Path folder = Fixtures.folder("scan");
    ScanExaminer examiner =
        new ScanExaminer(
            new ScanOptions(Limits.DEFAULT, false),
            Allowlist.of(Profile.ALL),
            new Spool(temporary, 16 << 20));
    return Files.readAllLines(folder.resolve("expected.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .filter(row -> FORMATS.contains(row[2]))
        .map(row -> DynamicTest.dynamicTest(row[0], () -> check(examiner, folder, row)));
  }

  private static void check(ScanExaminer examiner, Path folder, String[] row) throws IOException {
    List<String> accepted = List.of(row[6].split("\\|", -1));
    Report report;
    try (Bytes bytes = FileBytes.open(folder.resolve(row[0]))) {
      report = examiner.scan(bytes, row[0]).report();
    }
    Verdict verdict = report.verdict();
    if (row[2].equals("gguf") && verdict == Verdict.INCOMPLETE && hasTemplate(report)) {
      return; // templates are not examined by this version, and so never clean
    }
    String word = (verdict == Verdict.INCOMPLETE ? Verdict.INVALID : verdict).word();
    assertThat(accepted).as(report.toString()).contains(word);
    if (accepted.equals(List.of("clean"))) {
      assertThat(report.findings()).extracting(Finding::level).allMatch(Level.INFO::equals);
    }
  }

  private static boolean hasTemplate(Report report) {
    return report.notExamined().stream().anyMatch(gap -> gap.reason().contains("Jinja"));
  }
}
