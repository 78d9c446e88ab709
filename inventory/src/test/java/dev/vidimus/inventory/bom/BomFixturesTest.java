package dev.vidimus.inventory.bom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Level;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Documents of the specifications' own tests, of vendors, and ours with one fault each.
final class BomFixturesTest {
  @Test
  void everyDocumentIsCalledWhatItIs() throws Exception {
    Path bom = Fixtures.folder("bom");
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String line : Files.readAllLines(bom.resolve("expected.tsv"))) {
      List<String> columns = List.of(line.split("\t", -1));
      String path = columns.getFirst();
      boolean isDocument = path.startsWith("cyclonedx/") || path.startsWith("spdx/");
      if (isDocument && !path.startsWith("cyclonedx/schema/")) {
        rows++;
        String found = judge(bom.resolve(path));
        if (!agrees(columns.get(2), found)) {
          wrong.add(path + " is " + columns.get(2) + ", found: " + found);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isEqualTo(130);
  }

  private static boolean agrees(String expected, String found) {
    if (expected.startsWith("schema-invalid") || expected.startsWith("invalid")) {
      return found.startsWith("invalid");
    }
    if (expected.startsWith("reject") || expected.endsWith("reject")) {
      return found.startsWith("invalid") || found.startsWith("rejected");
    }
    if (expected.startsWith("quality: ")) {
      return found.startsWith("valid: ")
          && found.contains(
              expected
                  .substring("quality: ".length())
                  .replaceAll(":.*| (base|d?ata|model:ghost).*", ""));
    }
    if (expected.equals("schema-valid; no quality finding")) {
      return found.equals("valid: ");
    }
    return found.startsWith("valid");
  }

  private static String judge(Path file) throws IOException {
    try (Bytes bytes = FileBytes.open(file)) {
      BomCheck check = BomCheck.of(bytes, file.toString());
      List<String> messages =
          check.findings().stream()
              .filter(finding -> finding.level() != Level.INFO)
              .map(Finding::message)
              .toList();
      return (check.isValid() ? "valid: " : "invalid: ") + String.join("; ", messages);
    } catch (FormatException e) {
      return "rejected: " + e.getMessage();
    }
  }
}
