package dev.vidimus.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that keep state, as their user meets them: one home, several people.
class RegistryCommandsTest {
  @TempDir Path folder;
  private Recorded host;

  private ExitCode run(String... words) {
    host = new Recorded(folder).with("USER", "ann").with("VIDIMUS_HOME", folder + "/home");
    return CommandLine.run(host, List.of(words));
  }

  private JsonObject json(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--format", "json"));
    run(all.toArray(String[]::new));
    JsonObject json = (JsonObject) Json.parse(host.output(), "output");
    assertThat(json.string("schema")).isEqualTo("vidimus." + words[0] + "/1");
    return json;
  }

  private void yes(String... words) {
    ExitCode code = run(words);
    assertThat(code)
        .describedAs(String.join(" ", words) + "\n" + host.output() + host.errors())
        .isEqualTo(ExitCode.YES);
  }

  @BeforeEach
  void begin() throws Exception {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("model/config.json"), "{}");
    yes("init");
    for (String name : List.of("ben", "cat")) {
      yes("person", "add", name, "--role", "submitter,reviewer,security,release,deployer");
    }
  }

  private void promoted() {
    yes("admit", "model", "--as", "ann");
    yes("approve", "model", "--as", "ben");
    yes("approve", "model", "--as", "cat");
    yes("promote", "model");
  }

  @Test
  void modelGoesFromItsFolderToProductionAndBack() throws Exception {
    yes("admit", "model");
    assertThat(host.output())
        .startsWith("model@1 for internal: AWAITING APPROVAL\n")
        .contains("0 of 2 approvals", "next: vidimus approve model@1 --as SOMEBODY-ELSE");
    assertThat(run("gate", "model")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).startsWith("no: not promoted to internal; ");
    yes("queue");
    assertThat(host.output()).contains("model@1  for internal", "next: vidimus approve model@1");
    yes("approve", "model", "--as", "ben");
    assertThat(host.errors()).contains("vidimus promote model@1");
    assertThat(run("promote", "model")).isEqualTo(ExitCode.NO);
    yes("approve", "model@1", "--as", "cat", "--reason", "read it");
    yes("promote", "model");
    assertThat(host.output()).startsWith("model@1 for internal: PASSED\n");
    yes("gate", "model");
    yes("queue");
    assertThat(host.output()).isEqualTo("nothing waits\n");
    yes("deploy", "model", "--env", "internal", "--workload", "chat");
    yes("ps");
    assertThat(host.output()).startsWith("internal/chat  model@1  sha256:");
    yes("trace", "model:internal");
    assertThat(host.output()).contains("state     approved", "runs      internal/chat");
    yes("who-approved", "model");
    assertThat(host.output()).contains("ben  approved for internal", ": read it\n");
    yes("history", "model");
    assertThat(host.output()).contains("promoted to internal");
    yes("impact", "source:model");
    assertThat(host.output()).startsWith("1 artifacts; 1 workloads run one of them\n");
    yes("deprecate", "model", "--reason", "old");
    yes("revoke", "model", "--reason", "stolen");
    assertThat(host.output()).contains("running  internal/chat  model@1");
    assertThat(run("ps")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).contains("REVOKED: stolen");
    assertThat(run("gate", "model")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).contains("it is revoked: stolen");
    yes("retire", "--env", "internal", "--workload", "chat");
    yes("ps");
    assertThat(host.output()).isEqualTo("nothing runs that was recorded\n");
  }

  @Test
  void everyAnswerIsJsonWithItsSchema() throws Exception {
    assertThat(json("admit", "model").string("outcome")).isEqualTo("awaiting-approval");
    assertThat(json("queue").get("waiting")).isInstanceOf(JsonArray.class);
    assertThat(json("explain", "model").string("next")).isEqualTo("approve");
    assertThat(json("approve", "model", "--as", "ben").string("label")).isEqualTo("model@1");
    json("approve", "model", "--as", "cat");
    assertThat(json("promote", "model").get("promoted")).isEqualTo(new JsonBoolean(true));
    assertThat(json("gate", "model").get("open")).isEqualTo(new JsonBoolean(true));
    json("deploy", "model", "--env", "internal", "--workload", "chat");
    json("ps");
    json("ps", "--at", "2020-01-01T00:00:00Z");
    json("trace", "model");
    json("impact", "model");
    json("history", "model");
    json("who-approved", "model");
    String[] request = {"exception", "request", "model", "--rule", "scan-fresh"};
    List<String> words = new ArrayList<>(List.of(request));
    words.addAll(List.of("--reason", "late", "--for", "7d", "--as", "ben"));
    String id = json(words.toArray(String[]::new)).string("id");
    json("exception", "grant", id, "--as", "cat");
    json("exception", "list");
    json("break-glass", "model", "--env", "internal", "--incident", "I-1", "--reason", "down");
    json("person", "list");
    json("revoke", "model", "--reason", "bad", "--dry-run");
    json("retire", "--env", "internal", "--workload", "chat");
    json("deprecate", "model");
    json("reject", "model", "--reason", "no");
  }

  @Test
  void whatIsUnknownComesWithTheNextStep() {
    for (String command : List.of("gate", "explain", "promote", "trace", "who-approved")) {
      assertThat(run(command, "nothing")).describedAs(command).isEqualTo(ExitCode.COULD_NOT_TELL);
      assertThat(host.errors())
          .contains("nothing: no such artifact is known here", "hint: vidimus queue");
    }
    assertThat(run("approve", "nothing", "--as", "ben")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(run("revoke", "nothing", "--reason", "x")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("hint: ");
    assertThat(run("impact", "base:x")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(run("history", "nothing")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("no version of nothing", "hint: vidimus queue");
    assertThat(run("approve", "model", "--as", "zoe")).isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("zoe: nobody is called so", "hint: vidimus person list");
    assertThat(run("admit", "no-such-folder")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("there is no such file or folder", "hint: ");
  }

  @Test
  void environmentThatThePolicyLacksIsRefusedWithThoseThatItHas() {
    assertThat(run("admit", "model", "--tier", "mars")).isEqualTo(ExitCode.NO);
    assertThat(host.errors())
        .contains("expected one of sandbox, internal, production, critical, found mars");
    yes("admit", "model");
    for (String command : List.of("gate", "explain", "promote")) {
      assertThat(run(command, "model", "--env", "mars")).isEqualTo(ExitCode.NO);
      assertThat(host.errors()).contains("one of sandbox, internal");
    }
    String[] glass = {"break-glass", "model", "--env", "mars", "--incident", "I", "--reason", "x"};
    assertThat(run(glass)).isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("one of sandbox, internal");
  }

  @Test
  void whatMayNotBeIsRefusedWithItsReason() {
    yes("admit", "model");
    assertThat(run("approve", "model", "--as", "ann")).isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("somebody who did not submit model@1");
    assertThat(run("deploy", "model", "--env", "internal", "--workload", "w"))
        .isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("promotion: expected model@1 promoted to internal");
    assertThat(run("retire", "--env", "internal", "--workload", "w")).isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("a workload that runs in internal");
    yes("reject", "model", "--reason", "wrong licence");
    assertThat(run("promote", "model")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).contains("1 people rejected it");
  }

  @Test
  void detachedWaitsInTheQueueUntilSomebodyExaminesIt() throws Exception {
    yes("admit", "--detach", "model");
    assertThat(host.output()).startsWith("model@1 is quarantined\nsha256:");
    assertThat(host.errors()).contains("hint: it is examined by: vidimus admit --wait sha256:");
    Files.delete(folder.resolve("model/config.json"));
    yes("queue");
    assertThat(host.output()).contains("not-decided", "next: vidimus admit --wait model@1");
    yes("admit", "--wait");
    assertThat(host.output()).startsWith("model@1 for internal: AWAITING APPROVAL\n");
    yes("admit", "--wait");
    assertThat(host.output()).isEmpty();
    yes("admit", "--wait", "model@1"); // once more, for fresh evidence
    assertThat(run("admit", "--wait", "--detach", "model")).isEqualTo(ExitCode.USAGE);
    assertThat(run("admit", "--wait", "nothing")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("nothing: no such artifact is known here");
  }

  @Test
  void digestThatNobodyKnowsIsRevokedAheadAndTheUserIsTold() {
    String digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    yes("revoke", digest, "--reason", "leaked");
    assertThat(host.errors()).contains(digest + " is not known here yet; it is revoked when");
    assertThat(run("admit", "model")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).contains("it is revoked: leaked");
  }

  @Test
  void selectorThatMeansNothingSaysWhatDoes() {
    assertThat(run("impact", "base:x")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("x: no such artifact is known here");
    assertThat(run("impact", "purl:pkg:pypi/x")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("only pkg:huggingface/ORG/NAME[@COMMIT]");
    yes("impact", "purl:pkg:huggingface/org/name");
    assertThat(host.output()).startsWith("0 artifacts");
  }

  @Test
  void unreadableSourceLeavesNothing() throws Exception {
    Files.createSymbolicLink(folder.resolve("model/link"), Path.of("config.json"));
    assertThat(run("admit", "model")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("cannot be part of an artifact", "hint: replace links");
    Files.createDirectories(folder.resolve("empty"));
    assertThat(run("admit", "empty")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(run("admit", "model/config.json", "--name", "a@b"))
        .isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("hint: say another with --name");
    yes("queue");
    assertThat(host.output()).isEqualTo("nothing waits\n");
  }

  @Test
  void exceptionAndGlassSayWhatTheyTake() throws Exception {
    promoted();
    assertThat(run("exception", "request", "model")).isEqualTo(ExitCode.USAGE);
    assertThat(run("exception", "grant", "sha256:00", "--as", "ben")).isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("the id of a request");
    String[] tooLong = {"exception", "request", "model", "--rule", "scan-fresh", "--reason", "x"};
    List<String> words = new ArrayList<>(List.of(tooLong));
    words.addAll(List.of("--for", "90d"));
    assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("at most 60 days");
    words.set(words.size() - 1, "soon");
    assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("no duration: soon", "hint: such as 30m");
    assertThat(run("break-glass", "model")).isEqualTo(ExitCode.USAGE);
    yes("break-glass", "model", "--env", "production", "--incident", "I", "--reason", "x");
    yes("gate", "model", "--env", "production");
    assertThat(host.output()).startsWith("yes: the glass is broken; ");
    yes("revoke", "model", "--malicious", "--reason", "attack");
    assertThat(run("gate", "model", "--env", "production")).isEqualTo(ExitCode.NO);
    assertThat(run("break-glass", "model", "--env", "internal", "--incident", "I", "--reason", "x"))
        .isEqualTo(ExitCode.NO);
  }

  @Test
  void maliciousModelFails() throws Exception {
    // A pickle that calls os.system when it is loaded.
    Files.write(
        folder.resolve("model/pytorch_model.bin"),
        "cos\nsystem\n(S'id'\ntR.".getBytes(StandardCharsets.US_ASCII));
    assertThat(run("admit", "model", "--tier", "sandbox")).isEqualTo(ExitCode.NO);
    assertThat(host.output())
        .startsWith("model@1 for sandbox: FAILED\n")
        .contains("scan-not-malicious", "pytorch_model.bin", "in quarantine: vidimus explain");
    assertThat(run("explain", "model")).isEqualTo(ExitCode.NO);
    assertThat(host.output()).contains("scan.verdict = malicious", "findings:\n");
  }

  @Test
  void homeAndNamesAreNotTakenTwice() {
    assertThat(run("init")).isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("there is a registry at");
    assertThat(run("person", "add", "ben")).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(host.errors()).contains("somebody is called so", "hint: ");
    assertThat(run("person", "add", "dan", "--role", "king")).isEqualTo(ExitCode.USAGE);
    assertThat(run("person", "remove", "ann")).isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("another admin who stays");
    yes("person", "remove", "ben");
    assertThat(run("admit", "model", "--as", "ben")).isEqualTo(ExitCode.NO);
    assertThat(host.errors()).contains("a known person");
  }

  @Test
  void questionsOfNoRegistrySayHowToBeginOne() {
    host = new Recorded(folder).with("VIDIMUS_HOME", folder + "/none");
    for (String command : List.of("queue", "ps")) {
      assertThat(CommandLine.run(host, List.of(command))).isEqualTo(ExitCode.USAGE);
      assertThat(host.errors()).contains("there is no registry at", "vidimus init begins one");
    }
  }
}
