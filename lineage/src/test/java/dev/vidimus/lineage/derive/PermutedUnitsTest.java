package dev.vidimus.lineage.derive;

import static dev.vidimus.lineage.derive.SmallModel.ATTENTION;
import static dev.vidimus.lineage.derive.SmallModel.HEAD;
import static dev.vidimus.lineage.derive.SmallModel.INNER;
import static dev.vidimus.lineage.derive.SmallModel.NETWORK;
import static dev.vidimus.lineage.derive.SmallModel.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same function under another order of its units is found, and nothing else is taken for it.
class PermutedUnitsTest {
  private final SmallModel base = SmallModel.random(1);
  private final SmallModel child = base.copy();

  @TempDir Path folder;

  @Test
  void hiddenUnitsInAnotherOrderAreADisguise() throws Exception {
    network(child, i -> (i * 5 + 3) % INNER);
    Outcome outcome = compare(null);
    assertThat(outcome.relation()).isEqualTo("permuted-units");
    assertThat(outcome.verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(outcome.reason()).isEqualTo(Reason.PERMUTED_UNITS);
    assertThat(outcome.culprits())
        .containsExactly(
            NETWORK + "down_proj.weight", NETWORK + "gate_proj.weight", NETWORK + "up_proj.weight");
  }

  @Test
  void twoUnitsThatChangedPlacesAreFound() throws Exception {
    network(child, i -> i == 3 ? 7 : i == 7 ? 3 : i);
    assertThat(compare(null).reason()).isEqualTo(Reason.PERMUTED_UNITS);
  }

  @Test
  void wholeHeadsInAnotherOrderAreADisguise() throws Exception {
    heads(child);
    assertThat(compare(null).reason()).isEqualTo(Reason.PERMUTED_UNITS);
  }

  @Test
  void streamInAnotherOrderLeavesNoDigestAndIsFound() throws Exception {
    network(child, i -> (i * 7 + 1) % INNER);
    heads(child);
    stream(child);
    Outcome outcome = compare(null);
    assertThat(outcome.reason()).isEqualTo(Reason.PERMUTED_UNITS);
    assertThat(outcome.culprits()).hasSize(base.tensors.size());
  }

  @Test
  void orderThatIsClaimedIsVerified() throws Exception {
    network(child, i -> INNER - 1 - i);
    Outcome outcome = compare(Relation.PERMUTED_UNITS);
    assertThat(outcome.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(outcome.reason()).isEqualTo(Reason.PERMUTED_UNITS);
    assertThat(outcome.culprits()).isEmpty();
  }

  @Test
  void disguiseUnderAClaimOfTrainingIsSuspicious() throws Exception {
    network(child, i -> (i * 5 + 3) % INNER);
    stream(child);
    Outcome outcome = compare(Relation.FINETUNE);
    assertThat(outcome.verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(outcome.reason()).isEqualTo(Reason.PERMUTED_UNITS);
  }

  @Test
  void deadUnitsThatLookAlikeDoNotHideTheOthers() throws Exception {
    for (int unit : new int[] {2, 9, 20}) {
      for (int j = 0; j < STREAM; j++) {
        base.values(NETWORK + "gate_proj.weight")[unit * STREAM + j] = 0;
        base.values(NETWORK + "up_proj.weight")[unit * STREAM + j] = 0;
        base.values(NETWORK + "down_proj.weight")[j * INNER + unit] = 0;
      }
    }
    SmallModel other = base.copy();
    network(other, i -> (i * 5 + 3) % INNER);
    assertThat(compare(other, null).reason()).isEqualTo(Reason.PERMUTED_UNITS);
  }

  @Test
  void oneValueMoreThatChangedIsRefuted() throws Exception {
    network(child, i -> (i * 5 + 3) % INNER);
    child.values(NETWORK + "up_proj.weight")[40] += 0.5f;
    Outcome outcome = compare(Relation.PERMUTED_UNITS);
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.reason()).isEqualTo(Reason.TENSOR_VALUE);
  }

  @Test
  void valueOfUnmovedTensorThatChangedIsRefuted() throws Exception {
    network(child, i -> (i * 5 + 3) % INNER);
    child.values("lm_head.weight")[11] = -child.values("lm_head.weight")[11];
    assertThat(compare(Relation.PERMUTED_UNITS).verdict()).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void rowsOfOneMatrixAloneAreAnotherFunction() throws Exception {
    child.rows(NETWORK + "up_proj.weight", i -> (i * 5 + 3) % INNER);
    Outcome outcome = compare(Relation.PERMUTED_UNITS);
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.reason()).isEqualTo(Reason.TENSOR_VALUE);
  }

  @Test
  void rowsThatMovedInsideOfAHeadAreAnotherFunction() throws Exception {
    IntUnaryOperator turned = i -> i / HEAD * HEAD + (i + 1) % HEAD;
    child.rows(ATTENTION + "q_proj.weight", turned);
    child.rows(ATTENTION + "k_proj.weight", turned);
    Outcome outcome = compare(Relation.PERMUTED_UNITS);
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.reason()).isEqualTo(Reason.PERMUTATION);
    assertThat(outcome.culprits())
        .containsExactly(ATTENTION + "k_proj.weight", ATTENTION + "q_proj.weight");
  }

  @Test
  void queriesThatLeftTheirKeysAreAnotherFunction() throws Exception {
    child.rows(ATTENTION + "q_proj.weight", i -> (i + 2 * HEAD) % STREAM);
    child.columns(ATTENTION + "o_proj.weight", i -> (i + 2 * HEAD) % STREAM);
    Outcome outcome = compare(Relation.PERMUTED_UNITS);
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.reason()).isEqualTo(Reason.PERMUTATION);
  }

  @Test
  void headsOfUnknownNumberAreUnknown() throws Exception {
    heads(child);
    Path source = base.write(folder.resolve("base"));
    Path moved = child.write(folder.resolve("child"));
    Files.delete(source.resolve("config.json"));
    assertThat(compare(Relation.PERMUTED_UNITS, moved, source).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void fineTuneStaysAFineTune() throws Exception {
    Outcome outcome = compare(base.trained(2, 0.02), null);
    assertThat(outcome.relation()).isEqualTo("finetune");
    assertThat(outcome.verdict()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void unrelatedModelStaysUnrelated() throws Exception {
    Outcome outcome = compare(SmallModel.random(9), null);
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.reason()).isEqualTo(Reason.NOT_DERIVED);
  }

  private static void network(SmallModel model, IntUnaryOperator order) {
    model.rows(NETWORK + "gate_proj.weight", order);
    model.rows(NETWORK + "up_proj.weight", order);
    model.columns(NETWORK + "down_proj.weight", order);
  }

  /// Exchanges both groups of heads, and the queries inside of them; turns what is inside values.
  private static void heads(SmallModel model) {
    int[] head = {3, 2, 1, 0};
    IntUnaryOperator queries = i -> head[i / HEAD] * HEAD + i % HEAD;
    IntUnaryOperator keys = i -> (1 - i / HEAD) * HEAD + i % HEAD;
    IntUnaryOperator values = i -> (1 - i / HEAD) * HEAD + (i + 1) % HEAD;
    model.rows(ATTENTION + "q_proj.weight", queries);
    model.rows(ATTENTION + "k_proj.weight", keys);
    model.rows(ATTENTION + "v_proj.weight", values);
    model.rows(ATTENTION + "v_proj.bias", values);
    model.columns(ATTENTION + "o_proj.weight", i -> head[i / HEAD] * HEAD + (i + 1) % HEAD);
  }

  private static void stream(SmallModel model) {
    IntUnaryOperator order = i -> (i * 3 + 5) % STREAM;
    for (String name : model.tensors.keySet()) {
      if (name.contains("norm") || name.contains("o_proj") || name.contains("down_proj")) {
        model.rows(name, order);
      } else if (name.endsWith(".weight")) {
        model.columns(name, order);
      }
    }
  }

  private Outcome compare(@Nullable Relation relation) throws Exception {
    return compare(child, relation);
  }

  private Outcome compare(SmallModel other, @Nullable Relation relation) throws Exception {
    Path source = base.write(folder.resolve("base"));
    return compare(relation, other.write(folder.resolve("child")), source);
  }

  private Outcome compare(@Nullable Relation relation, Path subject, Path source) throws Exception {
    try (Model one = open(subject);
        Model other = open(source)) {
      Claim claim = new Claim(one, List.of(other), null, Parameters.NONE);
      return relation == null
          ? Relation.find(claim, new Meter())
          : relation.check(claim, new Meter());
    }
  }

  private Model open(Path path) throws IOException, FormatException {
    return new ModelReader(new Spool(folder.resolve("spool"), 1 << 20)).open(path);
  }
}
