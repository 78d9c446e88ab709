package dev.vidimus.scan.whole;

import static dev.vidimus.scan.whole.PackageGraphTest.weights;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardIndexesTest {
  private static final String ONE = "model-00001-of-00002.safetensors";
  private static final String TWO = "model-00002-of-00002.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path temporary;
  private WholeScans repository;

  @BeforeEach
  void begin() throws IOException {
    repository = new WholeScans(temporary.resolve("repository"));
    repository.with("config.json", "{}");
    repository.with(INDEX, index("'a':'" + ONE + "','b':'" + TWO + "'"));
    repository.with(ONE, weights("a")).with(TWO, weights("b"));
  }

  private static String index(String map) {
    return "{'metadata':{'total_size':2},'weight_map':{" + map + "}}";
  }

  @Test
  void whatFitsIsQuiet() throws IOException {
    assertThat(repository.findings()).isEmpty();
    assertThat(repository.gaps()).isEmpty();
    assertThat(repository.edges())
        .contains(
            "config.json loads " + INDEX + " (by name)",
            INDEX + " loads " + ONE + " (weight_map)",
            INDEX + " loads " + TWO + " (weight_map)");
  }

  @Test
  void missingShardIsNotExamined() throws IOException {
    repository.with(INDEX, index("'a':'" + ONE + "','b':'" + TWO + "','c':'model-3.safetensors'"));
    assertThat(repository.gaps())
        .containsExactly("model-3.safetensors is not here, which weight_map names");
  }

  @Test
  void extraShardIsSuspicious() throws IOException {
    repository.with("model-00003-of-00002.safetensors", weights("c"));
    assertThat(repository.findings())
        .containsExactly(
            "VID-GRAPH-008 model-00003-of-00002.safetensors is not in the index beside it");
  }

  @Test
  void shardsOfAnotherSeriesNeedTheirOwnIndexOrNone() throws IOException {
    repository
        .with("net-00001-of-00002.gguf", "GGUF")
        .with("net-00002-of-00002.gguf", "GGUF")
        .with("other/model-00001-of-00001.safetensors", weights("c"));
    assertThat(repository.findings()).isEmpty();
    assertThat(repository.gaps()).isEmpty();
  }

  @Test
  void gapInASeriesWithoutIndexIsNotExamined() throws IOException {
    repository.with("net-00001-of-00003.gguf", "GGUF").with("net-00003-of-00003.gguf", "GGUF");
    assertThat(repository.gaps())
        .containsExactly("1 of 3 shards are not here, the first is number 2");
  }

  @Test
  void hugeCountOfShardsEnds() throws IOException {
    repository.with("net-00001-of-999999.gguf", "GGUF");
    assertThat(repository.gaps())
        .containsExactly("99999 of 999999 shards are not here, the first is number 2");
  }

  @Test
  void tensorInTwoShardsIsSuspicious() throws IOException {
    repository.with(TWO, weights("b", "a"));
    assertThat(repository.findings())
        .containsExactly("VID-GRAPH-009 \"a\" stands in " + ONE + " and in " + TWO);
  }

  @Test
  void tensorThatTheIndexDoesNotListIsSuspicious() throws IOException {
    repository.with(TWO, weights("b", "hidden"));
    assertThat(repository.findings())
        .containsExactly(
            "VID-GRAPH-010 " + TWO + " has \"hidden\", which " + INDEX + " does not list");
  }

  @Test
  void tensorThatTheShardDoesNotHaveIsInvalid() throws IOException {
    repository.with(INDEX, index("'a':'" + ONE + "','b':'" + TWO + "','c':'" + TWO + "'"));
    assertThat(repository.findings())
        .containsExactly("VID-GRAPH-011 " + INDEX + " lists \"c\", which " + TWO + " has not");
  }

  @Test
  void tensorInAnotherShardThanTheIndexSaysIsInvalid() throws IOException {
    repository.with(INDEX, index("'a':'" + TWO + "','b':'" + ONE + "'"));
    assertThat(repository.findings())
        .containsExactlyInAnyOrder(
            "VID-GRAPH-011 %s lists \"b\" in %s, but %s has it".formatted(INDEX, ONE, TWO),
            "VID-GRAPH-011 %s lists \"a\" in %s, but %s has it".formatted(INDEX, TWO, ONE));
  }

  @Test
  void brokenShardIsReportedByItsScannerOnly() throws IOException {
    repository.with(TWO, "no safetensors at all, but long enough");
    assertThat(repository.findings()).isEmpty();
  }

  @Test
  void escapingShardIsReportedByTheScannerOfConfigurations() throws IOException {
    repository.with(INDEX, index("'a':'" + ONE + "','b':'../../" + TWO + "'"));
    repository.scan();
    assertThat(repository.outcomes())
        .anyMatch(o -> o.path().equals(INDEX) && o.verdict().word().equals("malicious"));
  }
}
