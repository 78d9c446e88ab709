package dev.vidimus.inventory.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class Pep440Test {
  @Test
  void versionsOfTheFixturesAscend() throws IOException {
    List<Pep440> versions =
        Files.readAllLines(Fixtures.folder("bom").resolve("pep440/ascending.txt")).stream()
            .map(Pep440Test::version)
            .toList();
    assertThat(versions).hasSizeGreaterThan(40);
    for (int i = 0; i < versions.size(); i++) {
      for (int k = 0; k < versions.size(); k++) {
        assertThat(Integer.signum(versions.get(i).compareTo(versions.get(k))))
            .as(i + " and " + k)
            .isEqualTo(Integer.compare(i, k));
      }
    }
  }

  @Test
  void differentSpellingsAreOneVersion() throws IOException {
    for (String line : Files.readAllLines(Fixtures.folder("bom").resolve("pep440/equal.tsv"))) {
      List<String> pair = List.of(line.split("\t", -1));
      assertThat(version(pair.getFirst())).as(line).isEqualTo(version(pair.getLast()));
      assertThat(version(pair.getFirst()).hashCode()).isEqualTo(version(pair.getLast()).hashCode());
    }
  }

  @Test
  void whatIsNoVersionIsNotRead() throws IOException {
    for (String line : Files.readAllLines(Fixtures.folder("bom").resolve("pep440/invalid.txt"))) {
      assertThat(Pep440.parse(line)).as(line).isNull();
    }
    assertThat(Pep440.parse("1".repeat(Scheme.LONGEST + 1))).isNull();
  }

  private static Pep440 version(String text) {
    return Objects.requireNonNull(Pep440.parse(text), text);
  }
}
