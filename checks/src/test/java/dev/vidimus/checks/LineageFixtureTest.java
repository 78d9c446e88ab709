package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.testkit.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Families of small models, honest and dishonest, that the fixtures' own generator makes: each
/// claim as one command line, each tensor by its digest.
class LineageFixtureTest {
  private static final int CLAIMS = 52;

  @TempDir static Path models;

  @BeforeAll
  static void generate() throws Exception {
    Path generator = Fixtures.folder("lineage").resolve("generate.py");
    Path usual = Path.of("/usr/bin/python3");
    String python = Files.isExecutable(usual) ? usual.toString() : "python3";
    Process process =
        new ProcessBuilder(python, generator.toString(), models.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void everyClaimGetsItsVerdictReasonAndCulprits() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<String> lines = Files.readAllLines(Fixtures.folder("lineage").resolve("expected.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      List<String> words = new ArrayList<>(List.of("compare", path(row[2]), "--as", row[1]));
      words.addAll(List.of("--params", row[4], "--format", "json"));
      for (String source : sources(row[3])) {
        words.addAll(List.of("--from", path(source)));
      }
      CommandRun run = CommandRun.of(words.toArray(String[]::new));
      if (!(Json.parse(run.out(), row[0]) instanceof JsonObject outcome)) {
        throw new IllegalStateException(run.out());
      }
      String expected = row[5] + " " + row[6] + " " + names(row[7]);
      String found =
          outcome.string("verdict") + " " + outcome.string("reason") + " " + culprits(outcome);
      ExitCode exit = row[5].equals("VERIFIED") ? ExitCode.YES : ExitCode.NO;
      if (!found.equals(expected) || run.exit() != exit) {
        wrong.add(row[0] + ": " + found + ", expected " + expected);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).hasSizeGreaterThan(CLAIMS);
  }

  @Test
  void everyTensorHasItsDigest() throws Exception {
    Map<String, Set<String>> expected = new TreeMap<>();
    List<String> lines = Files.readAllLines(Fixtures.folder("lineage").resolve("digests.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      expected
          .computeIfAbsent(row[0], file -> new TreeSet<>())
          .add(String.join(" ", row[1], row[2], row[3], row[4]));
    }
    assertThat(expected).isNotEmpty();
    for (Map.Entry<String, Set<String>> file : expected.entrySet()) {
      assertThat(tensors(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
    }
  }

  @Test
  void claimWithoutARelationIsTheCheapestThatFits() {
    assertThat(CommandRun.of("compare", path("base-pt"), "--from", path("base")).out())
        .startsWith("VERIFIED  same-weights: BIT_EXACT");
    assertThat(CommandRun.of("compare", path("base"), "--from", path("base-f32")).out())
        .startsWith("VERIFIED  cast: CAST_EXACT");
    assertThat(CommandRun.of("compare", path("base-Q4_K.gguf"), "--from", path("base")).out())
        .startsWith("VERIFIED  gguf: QUANT_WITHIN_BOUND");
    assertThat(CommandRun.of("compare", path("finetune"), "--from", path("base")).out())
        .startsWith("VERIFIED  finetune: DERIVED");
    assertThat(CommandRun.of("compare", path("vocab-resized"), "--from", path("base")).out())
        .startsWith("VERIFIED  vocab-resize: ROWS_APPENDED");
  }

  @Test
  void everyAdapterAndRecipeDeclaresWhatItSays() throws Exception {
    Path folder = Fixtures.folder("bom");
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String line : Files.readAllLines(folder.resolve("expected.tsv"))) {
      String[] row = line.split("\t", -1);
      if (!row[0].startsWith("peft/") && !row[0].startsWith("mergekit/")) {
        continue;
      }
      rows++;
      CommandRun run =
          CommandRun.of(
              "compare", "--show-declared", folder.resolve(row[0]).toString(), "--format", "json");
      if (row[2].startsWith("invalid")) {
        if (run.exit() != ExitCode.COULD_NOT_TELL) {
          wrong.add(row[0] + " is invalid");
        }
      } else if (!(Json.parse(run.out(), row[0]) instanceof JsonObject declared)
          || !isDeclared(row, declared)) {
        wrong.add(row[0] + ": " + row[2] + ", but " + run.out());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThanOrEqualTo(79);
  }

  private static boolean isDeclared(String[] row, JsonObject declared) {
    String type = row[1].substring(row[1].lastIndexOf(' ') + 1);
    boolean isRecomputable = Json.text(declared).contains("\"recomputable\":true");
    if (row[0].startsWith("peft/")) {
      String scale = row[2].contains("scale = ") ? row[2].split("scale = ", 2)[1] : "null";
      return type.equals(declared.string("type"))
          && Json.text(declared).contains("\"scale\":" + scale)
          && (type.equals("LORA") || !isRecomputable);
    }
    boolean expected = !row[2].contains("not recomputable") && !row[2].contains("router new");
    boolean hasFinding = declared.get("notes") instanceof JsonArray n && !n.elements().isEmpty();
    return isRecomputable == expected
        && declared.get("parents") instanceof JsonArray parents
        && parents.elements().size() >= 2
        && (!row[2].contains("finding") || hasFinding);
  }

  private static Set<String> tensors(String file) throws Exception {
    Set<String> found = new TreeSet<>();
    String out = CommandRun.of("tensors", path(file), "--format", "json").out();
    if (Json.parse(out, file) instanceof JsonObject model
        && model.get("tensors") instanceof JsonArray tensors) {
      for (JsonValue value : tensors.elements()) {
        if (value instanceof JsonObject tensor && tensor.get("shape") instanceof JsonArray shape) {
          String dimensions =
              shape.elements().stream()
                  .map(dimension -> ((JsonNumber) dimension).text())
                  .collect(Collectors.joining("x"));
          found.add(
              String.join(
                  " ",
                  tensor.string("name"),
                  tensor.string("dtype"),
                  dimensions,
                  tensor.string("sha256")));
        }
      }
    }
    return found;
  }

  private static List<String> sources(String column) throws Exception {
    if (!column.startsWith("[")) {
      return List.of(column);
    }
    List<String> sources = new ArrayList<>();
    if (Json.parse(column, "source") instanceof JsonArray array) {
      for (JsonValue value : array.elements()) {
        sources.add(((JsonString) value).text());
      }
    }
    return sources;
  }

  private static Set<String> culprits(JsonObject outcome) {
    Set<String> names = new TreeSet<>();
    if (outcome.get("culprits") instanceof JsonArray array) {
      array.elements().forEach(value -> names.add(((JsonString) value).text()));
    }
    return names;
  }

  private static Set<String> names(String column) {
    return column.isEmpty() ? Set.of() : new TreeSet<>(List.of(column.split(",", -1)));
  }

  private static String path(String name) {
    return models.resolve(name).toString();
  }
}
