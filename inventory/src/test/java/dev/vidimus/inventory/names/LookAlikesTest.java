package dev.vidimus.inventory.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.inventory.version.Ecosystem;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LookAlikesTest {
  private final LookAlikes python = LookAlikes.in(Ecosystem.PYPI);

  @Test
  void everyLookAlikeOfTheFixturesIsFound() throws IOException {
    List<String> missed = new ArrayList<>();
    for (String line : lines("lock/typosquat.txt")) {
      if (python.of(line.replace("==1.0.0", "")) == null) {
        missed.add(line);
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void genuineNeighboursAreQuiet() throws IOException {
    List<String> alarms = new ArrayList<>();
    for (String name : lines("lock/not-typosquat.txt")) {
      if (python.of(name) != null) {
        alarms.add(name + " for " + python.of(name));
      }
    }
    assertThat(alarms).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "reqeusts, requests",
    "tensor-flow, tensorflow",
    "numpу, numpy", // a Cyrillic letter
    "ｔｏｒｃｈ, torch", // full width
    "learn-scikit, scikit-learn",
    "pydiffusers, diffusers",
  })
  void otherWaysToLookAlike(String name, String meant) {
    assertThat(python.of(name)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch", "Torch", "scikit_learn", "my-own-service", "acme-models", "ray"})
  void otherNamesAreQuiet(String name) {
    assertThat(python.of(name)).isNull();
  }

  @Test
  void aScopeBelongsToSomebody() {
    LookAlikes npm = LookAlikes.in(Ecosystem.NPM);
    assertThat(npm.of("@acme/expres")).isNull();
    assertThat(npm.of("expres")).isEqualTo("express");
    assertThat(npm.of("@anthropic-al/sdk")).isEqualTo("@anthropic-ai/sdk");
  }

  private static List<String> lines(String path) throws IOException {
    Path file = Fixtures.folder("bom").resolve(path);
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
