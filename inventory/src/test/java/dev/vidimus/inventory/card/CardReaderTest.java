package dev.vidimus.inventory.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.card.Card.Edge;
import dev.vidimus.inventory.card.Card.Metric;
import dev.vidimus.inventory.card.Card.Relation;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CardReaderTest {
  @Test
  void relationsAreThoseThatTheCardDeclares() throws Exception {
    assertThat(card("own-adapter").edges())
        .containsExactly(edge(Relation.ADAPTER_OF, "meta-llama/Llama-3.2-3B-Instruct"));
    assertThat(card("own-quant").edges())
        .containsExactly(edge(Relation.QUANTIZED_FROM, "Qwen/Qwen2.5-7B-Instruct"));
    assertThat(card("own-merge").edges())
        .containsExactly(
            edge(Relation.MERGED_FROM, "mistralai/Mistral-7B-v0.1"),
            edge(Relation.MERGED_FROM, "samir-fama/SamirGPT-v1"));
  }

  @Test
  void modelIndexHasMetricsThatNobodyVerified() throws Exception {
    Card card = card("own-model-index");
    assertThat(card.edges())
        .containsExactly(edge(Relation.FINETUNED_FROM, "google-bert/bert-base-uncased"));
    assertThat(card.datasets()).containsExactly("imdb");
    assertThat(card.metrics())
        .containsExactly(new Metric("text-classification", "imdb", "accuracy", "0.931", false));
    assertThat(card.licence()).isEqualTo("mit");
  }

  @Test
  void aLocalPathIsNoBaseAndLicenceIsNoKey() throws Exception {
    Card card = card("own-local-path");
    assertThat(card.edges()).extracting(Edge::isResolvable).containsExactly(false);
    assertThat(card.licence()).isEmpty();
    assertThat(rules(card)).contains(CardRule.UNRESOLVED_BASE, CardRule.NO_LICENCE);
  }

  @Test
  void aModelIsNotItsOwnParent() throws Exception {
    Card card = card("own-self-parent");
    assertThat(card.edges()).isEmpty();
    assertThat(rules(card)).contains(CardRule.OWN_PARENT);
  }

  @Test
  void withoutFrontMatterNothingIsClaimed() throws Exception {
    Card card = card("own-no-frontmatter");
    assertThat(card.edges()).isEmpty();
    assertThat(rules(card)).contains(CardRule.NO_CLAIMS);
  }

  @Test
  void aTagRunsNothingAndClaimsNothing() throws Exception {
    Card card = card("own-yaml-tag");
    assertThat(rules(card)).contains(CardRule.UNREADABLE);
    assertThat(card.edges()).isEmpty();
    assertThat(card.licence()).isEmpty();
  }

  @Test
  void aliasesAreNotMultiplied() throws Exception {
    assertThat(card("own-yaml-bomb").edges()).hasSizeLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-template-datasetcard", "hub-template-modelcard"})
  void officialTemplatesAreRead(String name) throws Exception {
    assertThat(rules(card(name))).doesNotContain(CardRule.NO_CLAIMS, CardRule.UNREADABLE);
  }

  private static Edge edge(Relation relation, String parent) {
    return new Edge(relation, parent, true);
  }

  private static List<CardRule> rules(Card card) {
    return card.findings().stream()
        .map(
            finding ->
                List.of(CardRule.values()).stream()
                    .filter(rule -> rule.id().equals(finding.rule()))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  private static Card card(String name) throws IOException, FormatException {
    try (Bytes bytes = FileBytes.open(Fixtures.folder("bom").resolve("cards/" + name + ".md"))) {
      return CardReader.read(bytes, name);
    }
  }
}
