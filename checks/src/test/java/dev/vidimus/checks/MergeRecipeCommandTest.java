package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.checks.CommandRun.FakeHost;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.testkit.SafetensorsForger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A merge that is compared by the recipe of mergekit it was made by.
class MergeRecipeCommandTest {
  private static final String RECIPE =
      """
      merge_method: linear
      models:
        - model: acme/b
          parameters: {weight: 1}
        - model: acme/a
          parameters: {weight: 3}
      """;

  @TempDir Path folder;

  @BeforeEach
  void models() throws Exception {
    model("a", 1, 2, 3, 4);
    model("b", 5, 10, 7, 4);
    model("mix", 2, 4, 4, 4);
    Files.writeString(folder.resolve("mix/mergekit_config.yml"), RECIPE);
  }

  private void model(String name, float... values) throws Exception {
    byte[] bytes = new byte[Float.BYTES * values.length];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    Path made = Files.createDirectories(folder.resolve(name));
    Files.write(
        made.resolve("model.safetensors"),
        SafetensorsForger.file("{'w':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}}", bytes));
  }

  private CommandRun compare(String... more) {
    List<String> words = new ArrayList<>(List.of("compare", "mix"));
    words.addAll(List.of("--params", "mix/mergekit_config.yml"));
    words.addAll(Arrays.asList(more));
    FakeHost host = new FakeHost(folder, Map.of(), new byte[0]);
    return CommandRun.of(host, words.toArray(String[]::new));
  }

  @Test
  void parentsAreTakenInTheOrderOfTheRecipe() {
    for (List<String> order : List.of(List.of("a", "b"), List.of("b/", "./a"))) {
      CommandRun run = compare("--from", order.getFirst(), "--from", order.getLast());
      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.YES);
      assertThat(run.out()).contains("MERGE_WITHIN_BOUND", "factors = [0.25, 0.75]");
    }
  }

  @Test
  void parentsOfOtherNamesAreTakenAsTheyAreGiven() throws Exception {
    Files.move(folder.resolve("b"), folder.resolve("download"));
    CommandRun right = compare("--from", "download", "--from", "a");
    assertThat(right.exit()).as(right.out() + right.err()).isEqualTo(ExitCode.YES);
    assertThat(compare("--from", "a", "--from", "download").exit()).isEqualTo(ExitCode.NO);
  }

  @Test
  void anotherMergeThanTheRecipesIsRefuted() throws Exception {
    model("mix", 3, 6, 5, 4); // in equal parts
    CommandRun run = compare("--as", "merge", "--from", "a", "--from", "b");
    assertThat(run.exit()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("REFUTED  merge: MERGE_WEIGHTS");
  }

  @Test
  void aRecipeThatSaysMoreThanIsRecomputedIsUnsupported() throws Exception {
    Files.writeString(
        folder.resolve("mix/mergekit_config.yml"), RECIPE + "tokenizer_source: union\n");
    CommandRun run = compare("--from", "a", "--from", "b");
    assertThat(run.exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(run.out())
        .contains(
            "UNSUPPORTED  merge: UNSUPPORTED_METHOD",
            "the recipe says something that is not recomputed here");
  }

  @Test
  void asManyParentsAsTheRecipeNamesAreAskedFor() {
    CommandRun run = compare("--from", "a");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("the recipe names 2 models: acme/b, acme/a");
  }

  @Test
  void aRecipeIsForAMergeAlone() {
    CommandRun run = compare("--from", "a", "--from", "b", "--as", "cast");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("a recipe is for --as merge, not cast");
  }
}
