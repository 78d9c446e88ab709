package dev.vidimus.inventory.deps.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Real locks and edge cases, against what an independent parser read.
final class LockFixturesTest {
  @Test
  void everyLockHasExactlyThePackagesThatItLists() throws Exception {
    Path folder = Fixtures.folder("bom").resolve("lock");
    Map<String, List<String>> expected = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("packages.tsv"))) {
      List<String> columns = List.of(line.split("\t", -1));
      if (!columns.getFirst().equals("file")) {
        expected
            .computeIfAbsent(columns.getFirst(), file -> new ArrayList<>())
            .add(columns.get(1) + " " + columns.get(2));
      }
    }
    assertThat(expected).hasSizeGreaterThan(15);
    for (Map.Entry<String, List<String>> file : expected.entrySet()) {
      List<String> found =
          read(folder.resolve(file.getKey())).packages().stream()
              .map(one -> one.name() + " " + one.version())
              .toList();
      assertThat(found).as(file.getKey()).containsExactlyInAnyOrderElementsOf(file.getValue());
    }
  }

  @Test
  void everyFileThatParsesHasNoProblemAndOthersSayWhatIsWrong() throws Exception {
    Path bom = Fixtures.folder("bom");
    List<String> wrong = new ArrayList<>();
    for (String line : Files.readAllLines(bom.resolve("expected.tsv"))) {
      List<String> columns = List.of(line.split("\t", -1));
      String path = columns.getFirst();
      boolean isRead = path.startsWith("lock/") && !path.endsWith("typosquat.txt");
      if (!isRead || path.endsWith(".tsv")) {
        continue;
      }
      boolean isInvalid = columns.get(2).startsWith("invalid");
      try {
        Listing listing = read(bom.resolve(path));
        boolean hasProblem = !listing.problems().isEmpty() || !listing.includes().isEmpty();
        if (isInvalid && !hasProblem) {
          wrong.add(path + ": nothing is said to be wrong");
        }
        if (!isInvalid && listing.packages().isEmpty()) {
          wrong.add(path + ": no packages, " + listing.problems());
        }
      } catch (FormatException e) {
        if (!isInvalid) {
          wrong.add(path + ": " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Listing read(Path file) throws IOException, FormatException {
    try (Bytes bytes = FileBytes.open(file)) {
      return DependencyFiles.of(file.toString(), bytes).read(bytes, file.toString());
    }
  }
}
