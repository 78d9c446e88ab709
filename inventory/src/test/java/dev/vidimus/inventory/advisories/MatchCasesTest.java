package dev.vidimus.inventory.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.inventory.advisories.AdvisoryStore.Match;
import dev.vidimus.inventory.version.Ecosystem;
import dev.vidimus.testkit.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exact sets of records that PyPA's own code finds.
final class MatchCasesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  @TempDir Path folder;

  @Test
  void everyVersionMatchesExactlyTheRecordsThatSpeakOfIt() throws Exception {
    Path osv = Fixtures.folder("bom").resolve("osv");
    Import.Result result =
        new Import(folder, InstantSource.fixed(NOW), count -> {})
            .run(List.of(osv.resolve("PyPI/all.zip")), true);
    assertThat(result.problems()).isEmpty();
    assertThat(result.about().records()).isEqualTo(403);
    assertThat(result.about().age(NOW)).isBetween(Duration.ofDays(1), Duration.ofDays(60));
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    try (AdvisoryStore store = Objects.requireNonNull(AdvisoryStore.open(folder))) {
      for (String line : Files.readAllLines(osv.resolve("match_cases.tsv"))) {
        List<String> columns = List.of(line.split("\t", -1));
        if (!columns.getFirst().equals("package")) {
          rows++;
          List<Match> matches = store.matches(Ecosystem.PYPI, columns.get(0), columns.get(1));
          check(line, columns.get(2), matches, false, wrong);
          check(line, columns.get(3), matches, true, wrong);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isEqualTo(251);
  }

  private static void check(
      String line, String expected, List<Match> matches, boolean withdrawn, List<String> wrong) {
    String found =
        matches.stream()
            .map(Match::advisory)
            .filter(advisory -> advisory.isWithdrawn() == withdrawn)
            .map(Advisory::id)
            .collect(Collectors.joining(","));
    if (!found.equals(expected)) {
      wrong.add(line + ": found " + found);
    }
  }
}
