package dev.vidimus.lineage.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fact that somebody wrote into one matrix is told from training, and from a merged adapter.
class LowRankEditTest {
  private static final int LAYERS = 4;
  private static final int SIZE = 96;
  private static final String EDITED = name(2);

  private final SmallModel base = new SmallModel();
  private final Random random = new Random(4);

  @TempDir Path folder;

  LowRankEditTest() {
    for (int layer = 0; layer < LAYERS; layer++) {
      base.add(random, name(layer), SIZE, SIZE);
    }
    base.add(random, "model.embed_tokens.weight", SIZE, SIZE);
  }

  @Test
  void productOfTwoVectorsInOneLayerIsAnEdit() throws Exception {
    SmallModel child = base.copy();
    edit(child, EDITED, 1, 0.02);
    Outcome outcome = compare(Relation.FINETUNE, child);
    assertThat(outcome.verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(outcome.reason()).isEqualTo(Reason.LOW_RANK_EDIT);
    assertThat(outcome.culprits()).containsExactly(EDITED);
    assertThat(outcome.tensors().getFirst().detail()).contains("the change is of rank 1,");
  }

  @Test
  void severalFactsInOneLayerAreAnEditOfTheirRank() throws Exception {
    SmallModel child = base.copy();
    edit(child, EDITED, 5, 0.02);
    Outcome outcome = compare(Relation.FINETUNE, child);
    assertThat(outcome.reason()).isEqualTo(Reason.LOW_RANK_EDIT);
    assertThat(outcome.tensors().getFirst().detail()).contains("the change is of rank 5,");
  }

  @Test
  void editBesideTrainingIsFound() throws Exception {
    SmallModel child = base.trained(5, 0.01);
    edit(child, EDITED, 1, 0.02);
    Outcome outcome = compare(Relation.FINETUNE, child);
    assertThat(outcome.reason()).isEqualTo(Reason.LOW_RANK_EDIT);
    assertThat(outcome.culprits()).containsExactly(EDITED);
  }

  @Test
  void claimOfSameWeightsNamesTheRank() throws Exception {
    SmallModel child = base.copy();
    edit(child, EDITED, 1, 0.02);
    Outcome outcome = compare(Relation.SAME_WEIGHTS, child);
    assertThat(outcome.reason()).isEqualTo(Reason.TENSOR_VALUE);
    assertThat(outcome.tensors().getFirst().detail()).isEqualTo("bytes differ: an edit of rank 1");
  }

  @Test
  void adapterThatWasMergedInAllLayersIsNoEdit() throws Exception {
    SmallModel child = base.copy();
    for (int layer = 0; layer < LAYERS; layer++) {
      edit(child, name(layer), 4, 0.02);
    }
    Outcome outcome = compare(Relation.FINETUNE, child);
    assertThat(outcome.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(outcome.notes().getFirst()).contains("as by an adapter");
  }

  @Test
  void trainingIsNoEdit() throws Exception {
    assertThat(compare(Relation.FINETUNE, base.trained(6, 0.03)).verdict())
        .isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void trainingOfOneLayerAloneIsNoEdit() throws Exception {
    SmallModel child = base.copy();
    System.arraycopy(base.trained(7, 0.03).values(EDITED), 0, child.values(EDITED), 0, SIZE * SIZE);
    assertThat(compare(Relation.FINETUNE, child).verdict()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void fewValuesThatMovedAreNoEditOfAMatrix() throws Exception {
    SmallModel child = base.copy();
    for (int i = 0; i < 5; i++) {
      child.values(EDITED)[i * 1111] *= 1.01f;
    }
    assertThat(compare(Relation.FINETUNE, child).reason()).isNotEqualTo(Reason.LOW_RANK_EDIT);
  }

  private static String name(int layer) {
    return "model.layers." + layer + ".mlp.down_proj.weight";
  }

  private void edit(SmallModel model, String name, int rank, double size) {
    float[] values = model.values(name);
    for (int k = 0; k < rank; k++) {
      double[] left = random.doubles(SIZE, -1, 1).toArray();
      double[] right = random.doubles(SIZE, -1, 1).toArray();
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          values[i * SIZE + j] += (float) (3 * size * left[i] * right[j]);
        }
      }
    }
  }

  private Outcome compare(Relation relation, SmallModel child) throws Exception {
    try (Model one = open(child.write(folder.resolve("child")));
        Model other = open(base.write(folder.resolve("base")))) {
      return relation.check(new Claim(one, List.of(other), null, Parameters.NONE), new Meter());
    }
  }

  private Model open(Path path) throws IOException, FormatException {
    return new ModelReader(new Spool(folder.resolve("spool"), 1 << 20)).open(path);
  }
}
