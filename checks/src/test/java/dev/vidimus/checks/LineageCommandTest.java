package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.checks.CommandRun.FakeHost;
import dev.vidimus.cli.host.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What follows from what, asked on the command line.
class LineageCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void family() throws Exception {
    admit("acme/base", "license: mit");
    admit("acme/copy", "base_model: acme/base\ndatasets: [acme/corpus]");
    admit("acme/far", "base_model: acme/copy\nlicense: mit");
    admit("acme/said", "base_model: acme/absent");
  }

  private void admit(String name, String card) throws Exception {
    Path model = Files.createDirectories(folder.resolve(name));
    Files.copy(
        CommandRun.ROOT.resolve("examples/models/tiny.safetensors"),
        model.resolve("model.safetensors"));
    Files.writeString(model.resolve("README.md"), "---\n" + card + "\n---\n");
    CommandRun run = run("admit", "--name", name, "--tier", "sandbox", model.toString());
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.YES);
  }

  private CommandRun run(String... words) {
    Map<String, String> home = Map.of("VIDIMUS_HOME", folder.resolve("home").toString());
    return CommandRun.of(new FakeHost(folder, home, new byte[0]), words);
  }

  private String yes(String... words) {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.YES);
    return run.out();
  }

  private JsonObject json(String schema, String... words) throws Exception {
    String out = yes(words);
    String text = Files.readString(CommandRun.ROOT.resolve("docs/reference").resolve(schema));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(text)
                .validate(out, InputFormat.JSON))
        .as(out)
        .isEmpty();
    return (JsonObject) Json.parse(out, "answer");
  }

  @Test
  void whatWasMadeFromItIsShownWithWhatIsProven() {
    assertThat(yes("lineage", "acme/base", "--down"))
        .contains(
            "made from it: 2, 2 of them proven",
            "\n  acme/copy@1  verified repackage",
            "\n    acme/far@1  verified repackage");
    assertThat(yes("lineage", "acme/said"))
        .contains("made from: 1, 0 of them proven", "model acme/absent  declared fine-tune");
  }

  @Test
  void whatIsNotHereHasItsDescendants() {
    assertThat(yes("lineage", "model:acme/absent")).contains("acme/said@1  declared fine-tune");
    assertThat(yes("lineage", "dataset:acme/corpus", "--down"))
        .contains("acme/copy@1  declared trained-on", "acme/far@1  verified repackage (by a way");
    assertThat(run("lineage", "model:acme/nothing").exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
  }

  @Test
  void planTakesOutFirstWhatNothingIsMadeFrom() throws Exception {
    yes("deploy", "acme/far", "--env", "sandbox", "--workload", "chat");
    String text = yes("lineage", "acme/base", "--down", "--revoke-plan");
    assertThat(text.substring(text.indexOf("in this order")).lines().skip(1))
        .containsExactly(
            "  1  deployment sandbox/chat",
            "  2  acme/far@1",
            "  3  acme/copy@1",
            "  4  acme/base@1");
  }

  @Test
  void impactFollowsEdges() throws Exception {
    yes("deploy", "acme/far", "--env", "sandbox", "--workload", "chat");
    assertThat(yes("impact", "acme/base"))
        .contains(
            "1 artifacts; 0 workloads run one of them",
            "2 were made from them, and 1 workloads run one of those; 3 of all these are proven",
            "by acme/base@1 > acme/copy@1 > acme/far@1 > sandbox/chat");
    assertThat(yes("impact", "base:acme/absent")).contains("acme/said@1");
    json("impact.schema.json", "impact", "acme/base", "--format", "json");
  }

  @Test
  void tensorIsFoundInAllThatHaveIt() throws Exception {
    String first = yes("tensors", "acme/base").substring(0, 64);
    JsonObject found =
        json("tensors-found.schema.json", "tensors", "--find", first, "--format", "json");
    assertThat(((JsonArray) Objects.requireNonNull(found.get("found"))).elements()).hasSize(4);
    assertThat(yes("impact", "tensor:" + first)).startsWith("4 artifacts");
    assertThat(run("tensors", "--find", "0".repeat(64)).exit()).isEqualTo(ExitCode.NO);
    assertThat(run("tensors", "--find", "x").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aRevokedTensorRevokesAllThatHaveItAndAllThatCome() throws Exception {
    String first = yes("tensors", "acme/base").substring(0, 64);
    yes("revoke", "tensor:" + first, "--reason", "poisoned layer");
    assertThat(yes("lineage", "acme/base", "--down")).contains("acme/far@1", "revoked");
    Path later = Files.createDirectories(folder.resolve("later"));
    Files.copy(
        CommandRun.ROOT.resolve("examples/models/tiny.safetensors"),
        later.resolve("other.safetensors"));
    assertThat(run("admit", "--name", "later", "--tier", "sandbox", later.toString()).exit())
        .isEqualTo(ExitCode.NO);
  }

  @Test
  void cycleEnds() throws Exception {
    Path model = folder.resolve("acme/base");
    Files.writeString(model.resolve("README.md"), "---\nbase_model: acme/far\n---\n");
    run("admit", "--name", "acme/base", "--tier", "sandbox", model.toString());
    String text = yes("lineage", "acme/base@2");
    assertThat(text).contains("acme/far@1", "acme/copy@1");
  }

  @Test
  void jsonIsAsItsSchemaSays() throws Exception {
    json("lineage.schema.json", "lineage", "acme/base", "--format", "json", "--revoke-plan");
    json("lineage.schema.json", "lineage", "model:acme/absent", "--format", "json", "--up");
  }

  /// A card may name anything.
  @Test
  void namesAreQuotedForDrawers() throws Exception {
    Path model = Files.createDirectories(folder.resolve("odd"));
    Files.writeString(model.resolve("README.md"), "---\nbase_model: 'a\"] --> x[\"<b>\\'\n---\n");
    Files.writeString(model.resolve("config.json"), "{}");
    run("admit", "--name", "odd", "--tier", "sandbox", model.toString());
    String dot = yes("lineage", "odd", "--format", "dot");
    assertThat(dot).contains("model a\\\"] --> x[\\\"<b>\\\\").startsWith("digraph lineage {");
    String mermaid = yes("lineage", "odd", "--format", "mermaid");
    assertThat(mermaid).contains("a#34;#93; --#62; x#91;#34;#60;b#62;#92;").doesNotContain("<b>");
  }
}
