package dev.vidimus.server.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client of npm, live, at the version of the lock file.
@Tag("client")
class NpmClientTest {
  private static final Path SOURCES = Path.of("src/test/npm");
  private static final Path INSTALLED = Path.of("target/npm");
  private static final long PATIENCE = 240;

  @TempDir Path folder;

  private String run(Path where, String... words) throws Exception {
    Path output = folder.resolve("output-" + words[0]);
    Process process =
        new ProcessBuilder(words)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private void install() throws Exception {
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json", "client.mjs")) {
      Files.write(INSTALLED.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
    }
    run(INSTALLED, "npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund");
  }

  @Test
  void readsPublishesAndIsToldWhyNot() throws Exception {
    install();
    try (HubHouse hub = new HubHouse(folder)) {
      Artifact toy = hub.promoteToy("acme/toy");
      hub.admit("acme/waits", "internal", Map.of("a.json", HubHouse.text("[7]")));
      hub.revoke(
          hub.admit("acme/revoked", "sandbox", Map.of("a.json", HubHouse.text("[8]"))).snapshot());
      String token = hub.house().token("sandbox", List.of("acme/*"), Role.SUBMITTER);
      Map<String, String> facts = new HashMap<>();
      run(INSTALLED, "node", "client.mjs", hub.house().address(), token)
          .lines()
          .filter(line -> line.contains("="))
          .forEach(
              line ->
                  facts.put(
                      line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
      String commit = toy.snapshot().substring("sha256:".length(), "sha256:".length() + 40);
      assertThat(facts)
          .containsEntry("sha", commit)
          .containsEntry(
              "files", "README.md,config.json,model.safetensors,sub/tokenizer.json,toy-Q4_K_M.gguf")
          .containsEntry("config", "{\"model_type\":\"toy\",\"architectures\":[\"Toy\"]}")
          .containsEntry("weights", "262222")
          .containsEntry("exists", "false")
          .containsEntry("snapshot", "{}");
      assertThat(facts.get("published")).matches("[0-9a-f]{40}");
      assertThat(facts.get("deleted")).matches("[0-9a-f]{40}").isNotEqualTo(facts.get("published"));
      assertThat(facts.get("waits")).startsWith("403 ").contains("acme/waits@", "QUARANTINED");
      assertThat(facts.get("revoked")).startsWith("404 ").contains("REVOKED: it was an attack");
      assertThat(facts.get("unknown")).startsWith("403 ").contains("intake allow-list");
      assertThat(facts.get("elsewhere"))
          .startsWith("403 ")
          .contains("this token is not for other/place");
      assertThat(hub.house().troubles()).isEmpty();
    }
  }
}
