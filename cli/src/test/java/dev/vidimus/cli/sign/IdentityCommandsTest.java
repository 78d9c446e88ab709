package dev.vidimus.cli.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `digest`, `key`, `sign` and `verify`, as their user meets them.
class IdentityCommandsTest {
  @TempDir Path folder;
  private Recorded host;

  @BeforeEach
  void model() throws Exception {
    Files.createDirectories(folder.resolve("model/sub"));
    Files.writeString(folder.resolve("model/config.json"), "{}");
    Files.writeString(folder.resolve("model/sub/w.bin"), "weights");
  }

  private ExitCode run(String... words) {
    host = new Recorded(folder);
    return CommandLine.run(host, List.of(words));
  }

  private void keyAndSignature() {
    assertThat(run("key", "new", "k.pem", "--type", "p256")).isEqualTo(ExitCode.YES);
    assertThat(run("sign", "--key", "k.pem", "--signature", "s", "model")).isEqualTo(ExitCode.YES);
  }

  @Test
  void signedModelVerifies() {
    keyAndSignature();
    assertThat(run("verify", "--signature", "s", "--key", "k.pem.pub", "model"))
        .isEqualTo(ExitCode.YES);
    assertThat(host.output()).startsWith("verified; signed with p256 ");
  }

  @Test
  void refusalNamesStepAndEveryPath() throws Exception {
    keyAndSignature();
    Files.writeString(folder.resolve("model/sub/w.bin"), "other");
    Files.writeString(folder.resolve("model/evil.py"), "x");
    assertThat(run("verify", "--signature", "s", "--key", "k.pem.pub", "model"))
        .isEqualTo(ExitCode.NO);
    assertThat(host.output())
        .startsWith("refused")
        .contains("step 9, files", "changed: sub/w.bin", "extra: evil.py");
  }

  @Test
  void jsonHasEveryStep() throws Exception {
    keyAndSignature();
    run("verify", "--format", "json", "--signature", "s", "--key", "k.pem.pub", "model");
    JsonObject json = (JsonObject) Json.parse(host.output(), "output");
    assertThat(json.string("schema")).isEqualTo("vidimus.verify/1");
    assertThat(json.get("verified")).isEqualTo(new JsonBoolean(true));
    assertThat(json.members().keySet())
        .contains("steps", "signer", "missing", "extra", "changed", "unsigned", "strict");
  }

  @Test
  void brokenBundleIsNoAnswer() throws Exception {
    keyAndSignature();
    Files.writeString(folder.resolve("s"), "{");
    assertThat(run("verify", "--signature", "s", "--key", "k.pem.pub", "model"))
        .isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.output()).startsWith("could not tell").contains("step 1, bundle");
  }

  @Test
  void hybridWantsTwoDifferentKeys() {
    keyAndSignature();
    run("key", "new", "q.pem", "--type", "ml-dsa-65");
    run("sign", "--key", "q.pem", "--signature", "t", "model");
    assertThat(
            run(
                "verify",
                "--signature",
                "s",
                "--signature",
                "t",
                "--require",
                "2-of k.pem.pub,q.pem.pub",
                "model"))
        .isEqualTo(ExitCode.YES);
    assertThat(run("verify", "--signature", "s", "--require", "2-of k.pem.pub,q.pem.pub", "model"))
        .isEqualTo(ExitCode.NO);
    assertThat(run("verify", "--signature", "s", "--require", "2-of k.pem.pub,k.pem.pub", "model"))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void passphraseIsRead() throws Exception {
    Files.writeString(folder.resolve("pass"), "secret\n");
    run("key", "new", "k.pem", "--passphrase-file", "pass");
    assertThat(Files.readString(folder.resolve("k.pem"))).contains("BEGIN ENCRYPTED PRIVATE KEY");
    assertThat(run("sign", "--key", "k.pem", "--signature", "s", "model"))
        .isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("an encrypted key without a passphrase");
    assertThat(
            run("sign", "--key", "k.pem", "--passphrase-file", "pass", "--signature", "s", "model"))
        .isEqualTo(ExitCode.YES);
  }

  @Test
  void digestChecksItsOwnList() throws Exception {
    assertThat(run("digest", "model")).isEqualTo(ExitCode.YES);
    Files.writeString(folder.resolve("list"), host.output());
    assertThat(run("digest", "--check", "list", "model")).isEqualTo(ExitCode.YES);
    Files.writeString(folder.resolve("model/config.json"), "[]");
    Files.delete(folder.resolve("model/sub/w.bin"));
    assertThat(run("digest", "--check", "list", "model")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).isEqualTo("config.json: changed\nsub/w.bin: missing\n");
  }

  @Test
  void digestOfWhatCannotBeNamedIsNoAnswer() throws Exception {
    Files.createSymbolicLink(folder.resolve("model/link"), Path.of("/etc/passwd"));
    assertThat(run("digest", "model")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("not in the digest: link (/etc/passwd)");
  }
}
