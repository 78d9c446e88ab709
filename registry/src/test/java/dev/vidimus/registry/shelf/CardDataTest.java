package dev.vidimus.registry.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients are told of a card.
class CardDataTest {
  private static String of(String card) throws IOException {
    byte[] bytes = card.getBytes(StandardCharsets.UTF_8);
    return new JsonWriter().value(CardData.of(bytes)).toString();
  }

  private static String front(String yaml) throws IOException {
    return of("---\n" + yaml + "\n---\n# Toy\n");
  }

  @Test
  void frontMatterIsGivenAsJson() throws IOException {
    assertThat(front("license: apache-2.0\ntags: [a, b]\nbase_model: acme/toy\ninference: false"))
        .isEqualTo(
            "{\"license\":\"apache-2.0\",\"tags\":[\"a\",\"b\"],\"base_model\":\"acme/toy\","
                + "\"inference\":false}");
    assertThat(of("---\r\nlicense: mit\r\n---\r\n")).isEqualTo("{\"license\":\"mit\"}");
  }

  @Test
  void resultsAreGivenAsTheyAre() throws IOException {
    String results =
        "model-index:\n- name: toy\n  results:\n  - task: {type: t}\n    dataset: {name: d}\n"
            + "    metrics: [{type: accuracy, value: 0.5}]";
    assertThat(front(results)).contains("\"metrics\":[{\"type\":\"accuracy\",\"value\":0.5}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# no front matter",
        "---\nlicense: mit\n",
        "---\n- a list\n---\n",
        "---\na: !!python/object/apply:os.system [id]\n---\n",
        "---\na: &a [1]\nb: *a\n---\n",
        "---\na: [\n---\n",
        "---\na: 1\na: 2\n---\n"
      })
  void whatIsNoPlainDataIsNothing(String card) throws IOException {
    assertThat(of(card)).isEqualTo("{}");
  }

  @Test
  void nestingAndLengthAreBounded() throws IOException {
    assertThat(front("a: " + "[".repeat(100) + "]".repeat(100))).isEqualTo("{}");
    assertThat(front("a: " + "x".repeat(CardData.LONGEST))).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self: 1",
        "ignore_metadata_errors: true",
        "eval_results: x",
        "tags: 5",
        "tags: [5]",
        "model-index: x",
        "model-index: [x]",
        "model-index: [{name: toy}]",
        "model-index: [{name: toy, results: [{task: {}, dataset: {}, metrics: [x]}]}]"
      })
  void membersThatWouldBreakAClientAreLeftOut(String member) throws IOException {
    assertThat(front(member + "\nlicense: mit")).isEqualTo("{\"license\":\"mit\"}");
  }

  @Test
  void numbersThatNoClientReadsAreTexts() throws IOException {
    assertThat(front("a: [" + "9".repeat(5_000) + ", 12]"))
        .isEqualTo("{\"a\":[\"" + "9".repeat(5_000) + "\",12]}");
  }

  @Test
  void markupIsText() throws IOException {
    assertThat(front("license: \"</script><script>alert(1)</script>\\n\""))
        .doesNotContain("\n")
        .contains("alert(1)");
  }
}
