package dev.vidimus.inventory.bom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CycloneDxWriterTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void model() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("model.safetensors"), "not read here");
    Files.writeString(
        model.resolve("README.md"),
        "---\nlicense: mit\nbase_model: acme/base\ndatasets: [a]\n---\n# Uses\n");
    Files.writeString(
        model.resolve("requirements.txt"), "numpy==1.0 --hash=sha256:" + "ab".repeat(32) + "\n");
    Files.writeString(model.resolve("Dockerfile"), "FROM nvidia/cuda:12.4.1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.6", "1.7"})
  void whatIsWrittenIsValidAndTheSameAgain(String version) throws Exception {
    String text = CycloneDxWriter.write(Discovery.bill(Material.of(model)), version, "0");
    assertThat(CycloneDxWriter.write(Discovery.bill(Material.of(model)), version, "0"))
        .isEqualTo(text);
    BomCheck check = check(text);
    assertThat(check.format()).isEqualTo("CycloneDX " + version);
    assertThat(check.isValid()).as(check.findings().toString()).isTrue();
  }

  @Test
  void everyFactSaysHowItIsKnown() throws Exception {
    assertThat(CycloneDxWriter.write(Discovery.bill(Material.of(model)), "1.6", "0"))
        .contains(
            "\"purl\":\"pkg:pypi/numpy@1.0\"",
            "\"pkg:oci/cuda?repository_url=nvidia%2Fcuda&tag=12.4.1\"",
            "\"purl\":\"pkg:huggingface/acme/base\"",
            "{\"name\":\"vidimus:known\",\"value\":\"declared\"}",
            "{\"name\":\"vidimus:known\",\"value\":\"observed\"}");
  }

  @Test
  void realLocksMakeValidBills() throws Exception {
    Path locks = Fixtures.folder("bom").resolve("lock");
    for (String name : List.of("langgraph-uv.lock", "agent-bom-ui-package-lock.json")) {
      Path project = Files.createDirectory(folder.resolve(name));
      Files.copy(locks.resolve(name), project.resolve(name));
      BomCheck check =
          check(CycloneDxWriter.write(Discovery.bill(Material.of(project)), "1.6", "0"));
      assertThat(check.isValid())
          .as(check.findings().stream().map(Finding::message).toList().toString())
          .isTrue();
    }
  }

  private static BomCheck check(String text) throws Exception {
    return BomCheck.of(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "written");
  }
}
