package dev.vidimus.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vidimus ledger`, as its user meets it.
class LedgerCommandTest {
  @TempDir Path folder;
  private Recorded host;

  private ExitCode run(String... words) {
    host = new Recorded(folder);
    return CommandLine.run(host, List.of(words));
  }

  @BeforeEach
  void ledger() throws Exception {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("model/config.json"), "{}");
    assertThat(run("key", "new", "--type", "ed25519", "log.pem")).isEqualTo(ExitCode.YES);
    assertThat(run("ledger", "init", "--ledger", "l", "--key", "log.pem", "--origin", "ex.test/l"))
        .isEqualTo(ExitCode.YES);
    assertThat(run("key", "new", "k.pem")).isEqualTo(ExitCode.YES);
    assertThat(run("sign", "--key", "k.pem", "--signature", "a", "model")).isEqualTo(ExitCode.YES);
    Files.copy(folder.resolve("a"), folder.resolve("b"));
    assertThat(append("a", "b")).isEqualTo(ExitCode.YES);
  }

  private ExitCode append(String... files) {
    String[] words = {"ledger", "append", "--ledger", "l", "--key", "log.pem"};
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(files));
    return run(all.toArray(String[]::new));
  }

  private ExitCode verify(String... more) {
    List<String> all =
        new ArrayList<>(List.of("ledger", "verify", "--ledger", "l", "--log-key", "log.vkey"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void wholeLogVerifies() {
    assertThat(verify()).isEqualTo(ExitCode.YES);
    assertThat(host.output()).startsWith("verified: 2 entries of ex.test/l\nroot sha256:");
  }

  @Test
  void receiptVerifiesWithoutTheLog() throws Exception {
    Files.move(folder.resolve("l"), folder.resolve("elsewhere"));
    assertThat(verify("--receipt", "b.tlog-proof", "--envelope", "b")).isEqualTo(ExitCode.YES);
    assertThat(host.output()).startsWith("verified: entry 1 is among 2 entries");
    Files.writeString(folder.resolve("b"), "other");
    assertThat(verify("--receipt", "b.tlog-proof", "--envelope", "b")).isEqualTo(ExitCode.NO);
  }

  @Test
  void changedEntryIsNamed() throws Exception {
    Path bundle = folder.resolve("l/tile/entries/000.p/2");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[40] ^= 1;
    Files.write(bundle, bytes);
    assertThat(verify("--format", "json")).isEqualTo(ExitCode.NO);
    JsonObject json = (JsonObject) Json.parse(host.output(), "output");
    assertThat(json.get("verified")).isEqualTo(new JsonBoolean(false));
    assertThat(json.string("step")).contains("entry 0");
  }

  @Test
  void rewrittenLogContradictsTheSavedCheckpoint() throws Exception {
    run("ledger", "export", "--checkpoint", "--ledger", "l", "--log-key", "log.vkey");
    Files.writeString(folder.resolve("saved"), host.output());
    assertThat(verify("--against", "saved")).isEqualTo(ExitCode.YES);
    Files.move(folder.resolve("l"), folder.resolve("old"));
    run("ledger", "init", "--ledger", "l", "--key", "log.pem", "--origin", "ex.test/l");
    append("b");
    assertThat(verify()).isEqualTo(ExitCode.YES);
    assertThat(verify("--against", "saved")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).startsWith("refused: saved checkpoint: expected at least 2 entries");
  }

  @Test
  void entryIsProvedByTheDigestOfItsEnvelope() throws Exception {
    run("ledger", "export", "--ledger", "l", "--log-key", "log.vkey");
    JsonObject first = (JsonObject) Json.parse(host.output().lines().toList().getFirst(), "line");
    String envelope = first.string("envelope");
    assertThat(first.string("type")).isEqualTo("statement");
    String[] words = {"ledger", "prove", envelope, "--ledger", "l", "--log-key", "log.vkey"};
    assertThat(run(words)).isEqualTo(ExitCode.YES);
    assertThat(host.output()).startsWith("c2sp.org/tlog-proof@v1\nextra ").contains("\nindex 0\n");
  }

  @Test
  void keyOfAnotherLogIsRefused() {
    run("key", "new", "--type", "ed25519", "o.pem");
    run("ledger", "init", "--ledger", "o", "--key", "o.pem", "--origin", "ex.test/l");
    assertThat(run("ledger", "verify", "--ledger", "l", "--log-key", "o.vkey"))
        .isEqualTo(ExitCode.NO);
  }

  @Test
  void witnessAnswersByTheSpecification() throws Exception {
    run("ledger", "export", "--checkpoint", "--ledger", "l", "--log-key", "log.vkey");
    Files.writeString(folder.resolve("request"), "old 0\n\n" + host.output());
    String[] words = {"ledger", "witness-check", "--log-key", "log.vkey", "request"};
    assertThat(run(words)).isEqualTo(ExitCode.YES);
    assertThat(host.output()).startsWith("200 cosign");
    Files.writeString(folder.resolve("request"), "old 1\n\n" + host.output());
    assertThat(run(words)).isEqualTo(ExitCode.COULD_NOT_TELL);
  }

  @Test
  void missingKeyComesWithTheNextStep() {
    assertThat(run("ledger", "verify", "--ledger", "l")).isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("--log-key is missing", "hint: vidimus ledger init prints");
    assertThat(run("ledger", "init", "--ledger", "n", "--key", "none", "--origin", "x"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("vidimus key new --type ed25519");
    assertThat(run("ledger", "verfy")).isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("did you mean vidimus ledger verify?");
  }

  @Test
  void secondLedgerInOneFolderIsRefused() {
    assertThat(run("ledger", "init", "--ledger", "l", "--key", "log.pem", "--origin", "x"))
        .isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("there is a ledger already");
  }
}
