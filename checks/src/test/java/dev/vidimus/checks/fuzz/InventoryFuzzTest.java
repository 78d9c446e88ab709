package dev.vidimus.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.advisories.Matching;
import dev.vidimus.inventory.advisories.OsvReader;
import dev.vidimus.inventory.advisories.Rating;
import dev.vidimus.inventory.bom.BomCheck;
import dev.vidimus.inventory.card.CardReader;
import dev.vidimus.inventory.deps.Paths;
import dev.vidimus.inventory.deps.files.DependencyFiles;
import dev.vidimus.inventory.deps.files.Listing;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Readers of what something is made of: the first byte of an input chooses one. Whatever the
/// input, they end, with a result or a typed error.
class InventoryFuzzTest {
  private static final List<Reader> READERS =
      List.of(
          dependencies("requirements.txt"),
          dependencies("uv.lock"),
          dependencies("package-lock.json"),
          dependencies("environment.yml"),
          dependencies("Dockerfile"),
          dependencies("go.sum"),
          InventoryFuzzTest::advisory,
          bytes -> BomCheck.of(bytes, "fuzzed"),
          bytes -> CardReader.read(bytes, "fuzzed"));

  private interface Reader {
    void read(Bytes bytes) throws IOException, FormatException;
  }

  @FuzzTest
  void read(byte[] input) throws IOException {
    if (input.length > 0) {
      try {
        READERS
            .get((input[0] & 0xff) % READERS.size())
            .read(Bytes.of(Arrays.copyOfRange(input, 1, input.length)));
      } catch (FormatException e) {
        assertThat(e).hasMessageContaining(" at byte ");
      }
    }
  }

  private static Reader dependencies(String name) {
    return bytes -> {
      Listing listing = DependencyFiles.of(name, bytes).read(bytes, name);
      Paths paths = new Paths(listing);
      listing.packages().forEach(one -> assertThat(paths.to(one)).isNotNull());
    };
  }

  private static void advisory(Bytes bytes) throws IOException, FormatException {
    var advisory = OsvReader.read(bytes, "fuzzed");
    assertThat(Rating.of(advisory).word()).isNotEmpty();
    for (var affected : advisory.affected()) {
      Ecosystem ecosystem = Ecosystem.of(affected.ecosystem());
      if (ecosystem != null) {
        assertThat(Matching.of(advisory, ecosystem, affected.name(), "1.0")).isNotNull();
      }
    }
  }
}
