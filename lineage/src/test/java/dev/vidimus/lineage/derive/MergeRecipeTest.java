package dev.vidimus.lineage.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a recipe of mergekit says is what is recomputed; what is not understood is not refuted.
class MergeRecipeTest {
  private static final int LAYERS = 3;

  private final SmallModel base = new SmallModel();
  private final SmallModel one = new SmallModel();
  private final SmallModel other = new SmallModel();

  @TempDir Path folder;

  MergeRecipeTest() {
    fill(base, 1);
    fill(one, 2);
    fill(other, 3);
  }

  private static void fill(SmallModel model, long seed) {
    Random random = new Random(seed);
    model.add(random, "model.embed_tokens.weight", 8, 8);
    for (int layer = 0; layer < LAYERS; layer++) {
      model.add(random, "model.layers." + layer + ".self_attn.q_proj.weight", 8, 8);
      model.add(random, "model.layers." + layer + ".mlp.up_proj.weight", 8, 8);
    }
    model.add(random, "lm_head.weight", 8, 8);
  }

  private static final String SLERP =
      """
      slices:
        - sources:
            - {model: org/base, layer_range: [0, 3]}
            - {model: org/one, layer_range: [0, 3]}
      merge_method: slerp
      base_model: org/base
      parameters:
        t:
          - {filter: self_attn, value: [0, 0.4, 1]}
          - {filter: mlp, value: [1, 0.5]}
          - value: 0.25
      dtype: float32
      """;

  @Test
  void interpolationFollowsFiltersAndGradients() throws Exception {
    SmallModel child = slerp(MergeRecipeTest::declaredT);
    Outcome outcome = compare(child, parameters(SLERP), base, one);
    assertThat(outcome.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(outcome.reason()).isEqualTo(Reason.MERGE_WITHIN_BOUND);
  }

  @Test
  void oneLayerThatWasMixedOtherwiseIsNamed() throws Exception {
    String odd = "model.layers.1.mlp.up_proj.weight";
    SmallModel child = slerp(name -> name.equals(odd) ? 0.5 : declaredT(name));
    Outcome outcome = compare(child, parameters(SLERP), base, one);
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.culprits()).containsExactly(odd);
  }

  @Test
  void sliceOfSomeLayersIsNotRecomputed() throws Exception {
    Outcome outcome =
        compare(
            slerp(MergeRecipeTest::declaredT),
            parameters(SLERP.replace("[0, 3]", "[0, 2]")),
            base,
            one);
    assertThat(outcome.verdict()).isEqualTo(Verdict.UNSUPPORTED);
  }

  @Test
  void tasksHaveTheirOwnWeightsOverTheirBase() throws Exception {
    SmallModel child = base.copy();
    for (String name : base.tensors.keySet()) {
      double weight = layer(name) < 0 ? (name.startsWith("lm_head") ? 1 : 0) : layer(name) / 2.0;
      float[] values = child.values(name);
      for (int i = 0; i < values.length; i++) {
        double sum = base.values(name)[i];
        sum += 0.6 * ((double) one.values(name)[i] - base.values(name)[i]);
        sum += weight * ((double) other.values(name)[i] - base.values(name)[i]);
        values[i] = (float) sum;
      }
    }
    JsonObject parameters =
        parameters(
            """
            models:
              - {model: org/one, parameters: {weight: 0.6}}
              - {model: org/other, parameters: {weight: [0, 0.5, 1]}}
            merge_method: task_arithmetic
            base_model: org/base
            parameters: {normalize: false}
            """);
    assertThat(compare(child, parameters, base, one, other).verdict()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void densitiesAreOfEachModel() throws Exception {
    JsonObject parameters =
        parameters(
            """
            models:
              - model: org/base
              - {model: org/one, parameters: {density: [1, 0.7], weight: 1.0}}
              - {model: org/other, parameters: {weight: 0.5}}
            merge_method: ties
            base_model: org/base
            parameters: {normalize: true, int8_mask: true}
            """);
    assertThat(parameters.toString()).contains("density").contains("0.7");
    // Who takes everything of one model at no weight of the other has that model.
    JsonObject whole =
        parameters(
            """
            models:
              - {model: org/one, parameters: {density: 1.0, weight: 1.0}}
              - {model: org/other, parameters: {density: [1, 0.5], weight: 0.0}}
            merge_method: ties
            base_model: org/base
            parameters: {normalize: false}
            """);
    assertThat(compare(one, whole, base, one, other).verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(compare(other, whole, base, one, other).verdict()).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void recipeWithOtherTokensIsNotRecomputed() throws Exception {
    assertThat(declared(SLERP + "tokenizer_source: union\n").parameters()).isNull();
  }

  @Test
  void recipeThatRoundsTwiceIsNotRecomputed() throws Exception {
    assertThat(declared(SLERP + "out_dtype: bfloat16\n").parameters()).isNull();
  }

  @Test
  void recipeWithUnknownParameterIsNotRecomputed() throws Exception {
    String recipe = SLERP.replace("  t:\n", "  gamma: 0.1\n  t:\n");
    assertThat(declared(recipe).parameters()).isNull();
  }

  @Test
  void tensorThatNoFilterNamesIsUnknown() throws Exception {
    String recipe = SLERP.replace("    - value: 0.25\n", "");
    Outcome outcome = compare(slerp(MergeRecipeTest::declaredT), parameters(recipe), base, one);
    assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(outcome.reason()).isEqualTo(Reason.BAD_PARAMETERS);
  }

  private static int layer(String name) {
    return name.startsWith("model.layers.") ? name.charAt(13) - '0' : -1;
  }

  private static double declaredT(String name) {
    double[] attention = {0, 0.4, 1};
    double[] network = {1, 0.75, 0.5};
    int layer = layer(name);
    return layer < 0 ? 0.25 : name.contains("self_attn") ? attention[layer] : network[layer];
  }

  private SmallModel slerp(ToDoubleFunction<String> t) {
    SmallModel child = base.copy();
    for (String name : base.tensors.keySet()) {
      float[] a = base.values(name);
      float[] b = one.values(name);
      double dot = 0;
      double aa = 0;
      double bb = 0;
      for (int i = 0; i < a.length; i++) {
        dot += (double) a[i] * b[i];
        aa += (double) a[i] * a[i];
        bb += (double) b[i] * b[i];
      }
      double angle = Math.acos(dot / Math.sqrt(aa * bb));
      double share = t.applyAsDouble(name);
      double left = Math.sin(angle * (1 - share)) / Math.sin(angle);
      double right = Math.sin(angle * share) / Math.sin(angle);
      for (int i = 0; i < a.length; i++) {
        child.values(name)[i] = (float) (left * a[i] + right * b[i]);
      }
    }
    return child;
  }

  private static Declared declared(String recipe) throws IOException, FormatException {
    return Declared.read(Bytes.of(recipe.getBytes(StandardCharsets.UTF_8)), "recipe.yml");
  }

  private static JsonObject parameters(String recipe) throws IOException, FormatException {
    JsonObject parameters = declared(recipe).parameters();
    assertThat(parameters).isNotNull();
    return parameters == null ? new JsonObject(java.util.Map.of()) : parameters;
  }

  private Outcome compare(SmallModel child, JsonObject parameters, SmallModel... parents)
      throws Exception {
    try (Model subject = open(child.write(folder.resolve("child")));
        Model first = open(parents[0].write(folder.resolve("0")));
        Model second = open(parents[1].write(folder.resolve("1")));
        Model third = open(parents[parents.length - 1].write(folder.resolve("2")))) {
      List<Model> models =
          parents.length == 2 ? List.of(first, second) : List.of(first, second, third);
      return Relation.MERGE.check(
          new Claim(subject, models, null, new Parameters(parameters)), new Meter());
    }
  }

  private Model open(Path path) throws IOException, FormatException {
    return new ModelReader(new Spool(folder.resolve("spool"), 1 << 20)).open(path);
  }
}
