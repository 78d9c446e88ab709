package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.FolderScan;
import dev.vidimus.scan.Meter;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import dev.vidimus.testkit.benign.BenignRepositories;
import dev.vidimus.testkit.benign.BenignRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole repositories, as honest people publish them, raise no alarm: nothing above mere
/// information, except that code of theirs is run where it truly is.
final class FalseAlarmTest {
  @TempDir Path folder;

  static List<BenignRepository> repositories() {
    return BenignRepositories.all();
  }

  @Test
  void thereAreSixtyOfThem() {
    assertThat(repositories()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(repositories()).extracting(BenignRepository::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("repositories")
  void benignRepositoryIsQuiet(BenignRepository repository) throws IOException {
    List<String> alarms = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    for (FileOutcome outcome : scan(repository)) {
      outcome.scanned().report().findings().stream()
          .filter(finding -> finding.level() != Level.INFO)
          .forEach(f -> alarms.add(f.rule() + " " + f.location().path() + ": " + f.message()));
      outcome
          .scanned()
          .report()
          .notExamined()
          .forEach(gap -> gaps.add(gap.location().path() + ": " + gap.reason()));
    }
    if (repository.runsCode()) {
      assertThat(alarms).isNotEmpty().allMatch(alarm -> alarm.startsWith("VID-REPO-001 "));
    } else {
      assertThat(alarms).isEmpty();
    }
    assertThat(gaps).isEmpty();
  }

  private List<FileOutcome> scan(BenignRepository repository) throws IOException {
    Path place = folder.resolve("repository");
    repository.write(place);
    List<FileOutcome> outcomes = new ArrayList<>();
    ScanExaminer examiner =
        new ScanExaminer(
            new ScanOptions(Limits.DEFAULT, false),
            Allowlist.of(Profile.ALL),
            new Spool(folder.resolve("spool"), 1 << 20));
    new FolderScan(examiner, 1, false, false).scan(Snapshot.of(place), new Meter(), outcomes::add);
    return outcomes;
  }
}
