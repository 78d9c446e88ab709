package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.vidimus.cli.host.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/// What machines read is what its schema says.
final class OutputSchemaTest {
  private static final String CARDS = "docs/predicates";
  private static final String MODELS = "examples/models";
  private static final String RESULT = "https://vidimus.dev/schema/scan-result-1.json";

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--digest", "--explain", "--unpack", "--exclude=*.pt", "--profile=weights"})
  void jsonIsAsItsSchemaSays(String option) throws IOException {
    CommandRun run = scan("json", option);
    assertThat(own("scan.schema.json").validate(run.out(), InputFormat.JSON)).isEmpty();
    assertThat(run.exit()).isEqualTo(ExitCode.NO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--digest", "--explain", "--unpack"})
  void everyLineOfJsonLinesIsAsItsSchemaSays(String option) throws IOException {
    List<String> lines = scan("jsonl", option).out().lines().toList();
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      assertThat(own("scan-result.schema.json").validate(line, InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void graphIsAsItsSchemaSays() throws IOException {
    String graph = CommandRun.of("scan", "--graph", "json", MODELS, "absent").out();
    assertThat(graph).contains("\"role\":\"weights\"");
    assertThat(own("scan-graph.schema.json").validate(graph, InputFormat.JSON)).isEmpty();
  }

  @Test
  void rulesAreAsTheirSchemaSays() throws IOException {
    String rules = CommandRun.of("rules", "--format", "json").out();
    assertThat(own("rules.schema.json").validate(rules, InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=json", "--values"})
  void tensorsAreAsTheirSchemaSays(String option) throws IOException {
    String tiny = MODELS + "/tiny.safetensors";
    String out = CommandRun.of("tensors", "--format", "json", option, tiny).out();
    assertThat(out).contains("\"dtype\"");
    assertThat(own("tensors.schema.json").validate(out, InputFormat.JSON)).as(out).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny.safetensors", "truncated.safetensors", "poisoned.pt"})
  void comparisonIsAsItsSchemaSays(String parent) throws IOException {
    String tiny = MODELS + "/tiny.safetensors";
    String out =
        CommandRun.of("compare", "--format", "json", tiny, "--from", MODELS + "/" + parent).out();
    assertThat(own("compare.schema.json").validate(out, InputFormat.JSON)).as(out).isEmpty();
  }

  @Test
  void whatFilesDeclareIsAsItsSchemaSays(@TempDir Path folder) throws IOException {
    Path adapter = folder.resolve("adapter_config.json");
    Files.writeString(
        adapter,
        "{\"peft_type\":\"LORA\",\"r\":8,\"lora_alpha\":16,\"base_model_name_or_path\":\"a/b\"}");
    Path recipe = folder.resolve("mergekit_config.yml");
    Files.writeString(
        recipe, "merge_method: slerp\nmodels:\n  - model: ./a\n  - model: b/c@main\n");
    for (Path file : List.of(adapter, recipe)) {
      String out =
          CommandRun.of("compare", "--show-declared", file.toString(), "--format", "json").out();
      assertThat(own("compare-declared.schema.json").validate(out, InputFormat.JSON))
          .as(out)
          .isEmpty();
    }
  }

  @Test
  void billsAndTheirChangesAreAsTheirSchemasSay() throws IOException {
    String bill = CommandRun.of("bom", "--format", "json", MODELS).out();
    assertThat(bill).contains("\"known\":\"observed\"");
    assertThat(own("bom.schema.json").validate(bill, InputFormat.JSON)).isEmpty();
    CommandRun diff = CommandRun.of("bom", "diff", "--format", "json", MODELS, CARDS);
    assertThat(diff.out()).contains("\"kind\":\"removed\"");
    assertThat(own("bom-diff.schema.json").validate(diff.out(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void dependenciesAndTheirChangesAreAsTheirSchemasSay(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("requirements.txt"), "torch==2.1.0\nrequets>=1\n");
    String here = folder.toString();
    String deps = CommandRun.of("deps", "--format", "json", here).out();
    assertThat(deps).contains("\"name\":\"torch\"").contains("VID-DEPS-");
    assertThat(own("deps.schema.json").validate(deps, InputFormat.JSON)).isEmpty();
    String diff = CommandRun.of("deps", "diff", "--format", "json", CARDS, here).out();
    assertThat(diff).contains("\"added\":[{");
    assertThat(own("deps-diff.schema.json").validate(diff, InputFormat.JSON)).isEmpty();
  }

  @Test
  void cardsAreAsTheirSchemaSays(@TempDir Path folder) throws IOException {
    Path card = folder.resolve("README.md");
    Files.writeString(
        card,
        """
        ---
        license: mit
        base_model: acme/base
        datasets: [acme/data]
        model-index:
        - name: own
          results:
          - task: {type: text-generation}
            dataset: {name: d, type: d}
            metrics: [{type: acc, value: 0.5}]
        ---
        # Own
        """);
    String out = CommandRun.of("card", "--format", "json", card.toString()).out();
    assertThat(out).contains("\"parent\":\"acme/base\"", "\"type\":\"acc\"");
    assertThat(own("card.schema.json").validate(out, InputFormat.JSON)).as(out).isEmpty();
  }

  @Test
  void advisoriesAreAsTheirSchemasSay(@TempDir Path folder) throws IOException {
    Path record = folder.resolve("OSV-1.json");
    Files.writeString(
        record,
        "{\"id\":\"OSV-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"summary\":\"bad\",\"affected\":[{"
            + "\"package\":{\"ecosystem\":\"PyPI\",\"name\":\"torch\"},\"ranges\":[{\"type\":"
            + "\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"}]}]}]}");
    String home = folder.resolve("home").toString();
    String imported =
        CommandRun.of("advisories", "import", "--data", home, "--format", "json", record.toString())
            .out();
    assertThat(own("advisories-import.schema.json").validate(imported, InputFormat.JSON))
        .as(imported)
        .isEmpty();
    Path known = folder.resolve("kev.json");
    Files.writeString(known, "{\"vulnerabilities\":[{\"cveID\":\"C\",\"dateAdded\":\"d\"}]}");
    String companions = advisories(home, "import", List.of("--kev", known.toString()));
    assertThat(companions).contains("\"data\":null", "\"exploited\":1");
    assertThat(own("advisories-import.schema.json").validate(companions, InputFormat.JSON))
        .isEmpty();
    List<String> about = List.of("--ecosystem", "PyPI", "--name", "torch", "--version", "2.1.0");
    String match = advisories(home, "match", about);
    assertThat(match).contains("\"matches\":[\"OSV-1\"]");
    assertThat(own("advisories-match.schema.json").validate(match, InputFormat.JSON)).isEmpty();
    String shown = advisories(home, "show", List.of("OSV-1"));
    assertThat(own("advisories-show.schema.json").validate(shown, InputFormat.JSON)).isEmpty();
  }

  private static String advisories(String home, String act, List<String> more) {
    List<String> words = new ArrayList<>(List.of("advisories", act, "--data", home));
    words.addAll(List.of("--format", "json"));
    words.addAll(more);
    return CommandRun.of(words.toArray(String[]::new)).out();
  }

  @Test
  void sarifIsAsItsStandardSays() throws IOException {
    try (InputStream schema =
        OutputSchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      JsonSchema official =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
              .getSchema(
                  new String(
                      Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8));
      String sarif = scan("sarif", "").out();
      assertThat(sarif).contains("VID-PICKLE-001").contains("toolExecutionNotifications");
      assertThat(official.validate(sarif, InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void junitCountsWhatItContains() throws Exception {
    String xml = scan("junit", "").out();
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new java.io.StringReader(xml)));
    assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(7);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("error").getLength()).isEqualTo(2);
  }

  /// A folder, a file, and nothing.
  private static CommandRun scan(String format, String option) {
    String backdoored = MODELS + "/backdoored.pkl";
    return option.isEmpty()
        ? CommandRun.of("scan", "--format", format, MODELS, backdoored, "absent\u202e")
        : CommandRun.of("scan", "--format", format, option, MODELS, backdoored, "absent\u202e");
  }

  private static JsonSchema own(String name) throws IOException {
    String result = read("scan-result.schema.json");
    return JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory -> factory.schemaLoaders(all -> all.schemas(Map.of(RESULT, result))))
        .getSchema(read(name));
  }

  private static String read(String name) throws IOException {
    return Files.readString(CommandRun.ROOT.resolve("docs/reference").resolve(name));
  }
}
