package dev.vidimus.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.registry.shelf.GitNames;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
  private static final byte[] WEIGHTS =
      SafetensorsForger.file("{'w':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}", 1);
  private static final byte[] CONFIG = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "{\"b\":2}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path blobs;

  @BeforeEach
  void cacheAModel() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.write(folder.resolve("model/model.safetensors"), WEIGHTS);
    Files.write(folder.resolve("model/config.json"), CONFIG);
    run(ExitCode.YES, "admit", "model", "--name", "acme/toy", "--tier", "sandbox");
    blobs = Files.createDirectories(folder.resolve("hf/hub/models--acme--toy/blobs"));
    Files.write(blobs.resolve(Digest.sha256(WEIGHTS).hex()), WEIGHTS);
    Files.write(blobs.resolve(GitNames.blob(CONFIG)), CONFIG);
  }

  private Recorded run(ExitCode expected, String... words) {
    Recorded host = new Recorded(folder);
    ExitCode code = CommandLine.run(host, List.of(words));
    assertThat(code).as(host.output() + host.errors()).isEqualTo(expected);
    return host;
  }

  @Test
  void whatIsRevokedIsFoundByTheNamesOfClients() {
    assertThat(run(ExitCode.YES, "cache", "scan", "--hf-home", "hf").output())
        .isEqualTo("0 of 2 cached files must not be used\n");
    run(ExitCode.YES, "revoke", "acme/toy", "--reason", "an attack");
    assertThat(run(ExitCode.NO, "cache", "scan", "--hf-home", "hf").output())
        .contains(
            "revoked  models--acme--toy/blobs/"
                + Digest.sha256(WEIGHTS).hex()
                + "  acme/toy@1 model.safetensors\n")
        .contains("blobs/" + GitNames.blob(CONFIG) + "  acme/toy@1 config.json\n")
        .contains("2 of 2 cached files must not be used");
  }

  @Test
  void whatIsNotPromotedIsFoundWhenAnEnvironmentIsNamed() throws IOException {
    Files.write(blobs.resolve(GitNames.blob(OTHER)), OTHER);
    assertThat(
            run(ExitCode.NO, "cache", "scan", "--hf-home", "hf/hub", "--env", "sandbox").output())
        .contains("not-promoted  models--acme--toy/blobs/" + GitNames.blob(OTHER))
        .contains("1 of 3 cached files must not be used");
  }

  @Test
  void aFileUnderAnotherNameIsFoundByItsBytes() throws IOException {
    run(ExitCode.YES, "revoke", "acme/toy", "--reason", "an attack");
    Files.delete(blobs.resolve(Digest.sha256(WEIGHTS).hex()));
    Files.write(blobs.resolve("0".repeat(64)), WEIGHTS);
    assertThat(run(ExitCode.NO, "cache", "scan", "--hf-home", "hf", "--format", "json").output())
        .startsWith("{\"schema\":\"vidimus.cache-scan/1\"")
        .doesNotContain("0".repeat(64));
    assertThat(run(ExitCode.NO, "cache", "scan", "--hf-home", "hf", "--hash").output())
        .contains("revoked  models--acme--toy/blobs/" + "0".repeat(64));
  }
}
