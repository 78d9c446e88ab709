package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Several models made one, as mergekit does it: `linear`, `slerp` and `task_arithmetic` are sums
/// with known factors. The parents come in the order of the recipe; for `task_arithmetic` the base
/// comes first.
final class ModelMerge {
  static final String WORD = "merge";

  /// Where directions are so near one another that interpolation is along a line.
  private static final double NEARLY_PARALLEL = 0.9995;

  private final Claim claim;
  private final Judgement judgement;
  private final Meter meter;
  private final Depth depth;

  private ModelMerge(Claim claim, Judgement judgement, Meter meter) {
    this.claim = claim;
    this.judgement = judgement;
    this.meter = meter;
    this.depth = Depth.of(claim.parent());
  }

  static Outcome check(Claim claim, Meter meter) throws IOException {
    Judgement judgement = new Judgement(WORD, claim.child());
    judgement.read(claim.bytes());
    return new ModelMerge(claim, judgement, meter).check();
  }

  private Outcome check() throws IOException {
    String method = claim.parameters().text("method");
    String name = method == null ? "linear" : method;
    int count = claim.parents().size();
    Double declared = claim.parameters().number("layers");
    if (declared != null && declared != depth.layers()) {
      return judgement
          .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_METHOD)
          .note("a merge of some layers is not recomputed here");
    }
    return switch (name) {
      case "linear" -> {
        List<Setting> weights = settings("weights", count);
        yield weights == null
            ? bad("weights: one for each parent")
            : sum(tensor -> normalized(at(weights, tensor)));
      }
      case "task_arithmetic" -> {
        List<Setting> weights = settings("weights", count - 1);
        yield weights == null
            ? bad("weights: one for each parent after the base")
            : sum(tensor -> arithmetic(at(weights, tensor)));
      }
      case "slerp" -> {
        Setting t = Setting.of(claim.parameters().object().get("t"));
        yield t == null || count != 2 ? bad("t: one, and two parents") : slerp(t);
      }
      case "ties", "dare_ties", "dare_linear" -> {
        List<Setting> weights = settings("weights", count - 1);
        yield weights == null || count > 8
            ? bad("weights: one for each parent after the base")
            : subset(name, weights);
      }
      case "passthrough" -> LayerStack.check(claim, WORD, Reason.MERGE_WITHIN_BOUND);
      default ->
          judgement
              .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_METHOD)
              .note("merges by " + name + " are not recomputed here");
    };
  }

  private Outcome bad(String note) {
    return judgement.outcome(Verdict.UNKNOWN, Reason.BAD_PARAMETERS).note(note);
  }

  /// What a list says of each parent; null if it is none of that length.
  private @Nullable List<Setting> settings(String name, int count) {
    if (!(claim.parameters().object().get(name) instanceof JsonArray array)
        || array.elements().size() != count) {
      return null;
    }
    List<Setting> settings = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      Setting setting = Setting.of(element);
      if (setting == null) {
        return null;
      }
      settings.add(setting);
    }
    return settings;
  }

  /// What settings are for a tensor; none if one of them says nothing of it.
  private double[] at(List<Setting> settings, String tensor) {
    double[] values = new double[settings.size()];
    for (int i = 0; i < values.length; i++) {
      OptionalDouble value = settings.get(i).at(tensor, depth.of(tensor));
      if (value.isEmpty()) {
        return new double[0];
      }
      values[i] = value.getAsDouble();
    }
    return values;
  }

  /// mergekit divides by the sum unless it is told not to.
  private double[] normalized(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    boolean isPlain =
        claim.parameters().has("normalize") && !claim.parameters().isTrue("normalize");
    double divisor = isPlain || sum == 0 ? 1 : sum;
    return Arrays.stream(weights).map(w -> w / divisor).toArray();
  }

  private double[] arithmetic(double[] weights) {
    if (weights.length == 0) {
      return weights;
    }
    Double given = claim.parameters().number("lambda");
    double lambda = given == null ? 1 : given;
    double sum = Arrays.stream(weights).sum();
    if (claim.parameters().isTrue("normalize") && Math.abs(sum) >= 1e-8) {
      lambda /= sum;
    }
    double[] factors = new double[weights.length + 1];
    factors[0] = 1;
    for (int i = 0; i < weights.length; i++) {
      factors[i + 1] = lambda * weights[i];
      factors[0] -= lambda * weights[i];
    }
    return factors;
  }

  private Outcome sum(Function<String, double[]> factors) throws IOException {
    List<Job> jobs = new ArrayList<>();
    Set<List<Double>> all = new HashSet<>();
    Outcome obstacle =
        jobs(
            jobs,
            tensors -> {
              double[] some = factors.apply(tensors.getFirst().name());
              all.add(Arrays.stream(some).boxed().toList());
              return some;
            });
    if (obstacle != null) {
      return obstacle;
    }
    if (all.size() == 1) {
      judgement.parameter("factors", all.iterator().next());
    }
    return judge(jobs);
  }

  private Outcome subset(String method, List<Setting> weights) throws IOException {
    int parents = weights.size();
    List<Setting> densities = settings("density", parents);
    Double one = claim.parameters().number("density");
    if (densities == null && one == null && claim.parameters().has("density")) {
      return bad("density: one, or one for each parent after the base");
    }
    List<Setting> density =
        densities != null
            ? densities
            : Collections.nCopies(parents, Setting.of(one == null ? 1 : one));
    Double given = claim.parameters().number("lambda");
    boolean isRandom = method.startsWith("dare");
    boolean normalizes =
        claim.parameters().has("normalize")
            ? claim.parameters().isTrue("normalize")
            : method.equals("ties");
    List<Job> jobs = new ArrayList<>();
    Outcome obstacle = jobs(jobs, tensors -> new double[tensors.size()]); // which nobody uses
    if (obstacle != null) {
      return obstacle;
    }
    List<Job> chosen = new ArrayList<>();
    for (Job job : jobs) {
      double[] factors = at(weights, job.child().name());
      double[] shares = at(density, job.child().name());
      if (factors.length == 0
          || shares.length == 0
          || !Arrays.stream(shares).allMatch(share -> share > 0 && share <= 1)) {
        return bad("weights, density: of every tensor; density above 0, at most 1");
      }
      for (int p = 0; isRandom && p < parents; p++) {
        factors[p] /= shares[p];
      }
      chosen.add(
          subset(
              job.child(),
              isRandom,
              method.endsWith("ties"),
              normalizes,
              factors,
              shares,
              given == null ? 1 : given));
    }
    if (isRandom) {
      judgement.remark(
          "a random choice was part of it: every value is one that it may take, no more is shown");
    }
    return judge(chosen, isRandom ? Reason.SUPPORT_ONLY : Reason.MERGE_WITHIN_BOUND);
  }

  private Job subset(
      Tensor child,
      boolean isRandom,
      boolean agree,
      boolean normalizes,
      double[] factors,
      double[] density,
      double lambda)
      throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    for (Model parent : claim.parents()) {
      Tensor tensor = parent.tensor(child.name());
      if (tensor != null) {
        tensors.add(tensor);
      }
    }
    Tensor base = tensors.removeFirst();
    double[] below = new double[factors.length];
    double[] above = new double[factors.length];
    for (int p = 0; p < factors.length; p++) {
      Largest largest =
          isRandom
              ? new Largest(density[p] < 1 ? -1 : -2, density[p] < 1 ? Double.MAX_VALUE : -1)
              : Largest.of(base, tensors.get(p), density[p]);
      below[p] = largest.below();
      above[p] = largest.above();
    }
    SubsetRule rule =
        new SubsetRule(child, base, tensors, factors, below, above, agree, normalizes, lambda);
    return new Job(child, new Rows.Of(base), rule);
  }

  private Outcome slerp(Setting setting) throws IOException {
    List<Job> jobs = new ArrayList<>();
    Outcome obstacle =
        jobs(
            jobs,
            tensors -> {
              double[] t = at(List.of(setting), tensors.getFirst().name());
              return t.length == 0 ? t : between(tensors, t[0]);
            });
    if (obstacle != null) {
      return obstacle;
    }
    judgement.parameter(
        "t", Objects.requireNonNull(claim.parameters().object().get("t"), "was read"));
    return judge(jobs);
  }

  /// The factors of two tensors on the great circle between their directions.
  private double[] between(List<Tensor> tensors, double t) throws IOException {
    Job job = new Job(tensors.get(0), new Rows.Of(tensors.get(1)), new MovedRule(0, 1));
    Tally tally = Sweep.run(List.of(job), meter).getFirst();
    double dot = tally.sumXy / Math.sqrt(tally.sumXx * tally.sumYy);
    if (!(Math.abs(dot) <= NEARLY_PARALLEL)) {
      return new double[] {1 - t, t};
    }
    double angle = Math.acos(dot);
    double sine = Math.sin(angle);
    return new double[] {Math.sin(angle - angle * t) / sine, Math.sin(angle * t) / sine};
  }

  @FunctionalInterface
  private interface Factors {
    double[] of(List<Tensor> tensors) throws IOException;
  }

  private @Nullable Outcome jobs(List<Job> jobs, Factors factors) throws IOException {
    Set<String> names = new TreeSet<>();
    claim.parents().forEach(parent -> parent.tensors().forEach(t -> names.add(t.name())));
    for (Tensor child : claim.child().tensors()) {
      List<Tensor> tensors = new ArrayList<>();
      for (Model parent : claim.parents()) {
        Tensor tensor = parent.tensor(child.name());
        if (tensor != null && tensor.shape().equals(child.shape())) {
          tensors.add(tensor);
        }
      }
      if (tensors.size() != claim.parents().size()) {
        boolean isThere = names.contains(child.name());
        judgement.against(
            isThere ? Reason.TENSOR_SHAPE : Reason.TENSOR_EXTRA,
            child.name(),
            isThere ? "not all parents have it in this shape" : "is in no parent");
        continue;
      }
      if (!CastRule.checks(child.type())
          || !tensors.stream().allMatch(tensor -> Decoder.reads(tensor.type()))) {
        return judgement
            .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_TYPE)
            .note(child.name() + ": " + child.type().word());
      }
      double[] mixed = factors.of(tensors);
      if (mixed.length == 0) {
        return bad("no parameter is given for " + child.name());
      }
      jobs.add(MixRule.job(child, tensors, mixed));
    }
    for (String name : names) {
      if (claim.child().tensor(name) == null) {
        judgement.against(Reason.TENSOR_MISSING, name, "is in a parent only");
      }
    }
    return null;
  }

  private Outcome judge(List<Job> jobs) throws IOException {
    return judge(jobs, Reason.MERGE_WITHIN_BOUND);
  }

  private Outcome judge(List<Job> jobs, Reason proved) throws IOException {
    List<Tally> tallies = Sweep.run(jobs, meter);
    for (int i = 0; i < jobs.size(); i++) {
      if (!tallies.get(i).isClean()) {
        judgement.against(
            tallies.get(i).notFinite > 0 ? Reason.NOT_FINITE : Reason.TENSOR_VALUE,
            jobs.get(i).child(),
            tallies.get(i),
            "is not the claimed mix");
      }
    }
    if (!judgement.allMatricesAreOff()) {
      return judgement.outcome(proved);
    }
    double[] fitted = fitted();
    if (fitted.length > 0) {
      judgement.parameter(
          "found", Arrays.stream(fitted).map(w -> Math.round(1000 * w) / 1000.0).boxed().toList());
      return judgement.wholly(Reason.MERGE_WEIGHTS);
    }
    return judgement.wholly(Reason.WRONG_SOURCE);
  }

  /// The factors that explain all matrices, or none.
  private double[] fitted() throws IOException {
    int n = claim.parents().size();
    double[][] normal = new double[n][n + 1];
    double square = 0;
    for (Tensor child : claim.child().tensors()) {
      if (child.isMatrix()) {
        square += add(child, normal);
      }
    }
    double[] factors = Least.squares(normal);
    double explained = 0;
    for (int i = 0; i < factors.length; i++) {
      explained += factors[i] * normal[i][n];
    }
    // What is left is the rounding of BF16, a quarter of a percent, and its square.
    return factors.length > 0 && square - explained <= 1e-4 * square ? factors : new double[0];
  }

  /// Adds the first rows of a matrix to the normal equations; returns the sum of its squares.
  private double add(Tensor child, double[][] normal) throws IOException {
    int count = (int) Math.min(child.elements(), 1 << 16);
    int n = normal.length;
    float[][] values = new float[n + 1][count];
    for (int i = 0; i < n; i++) {
      Tensor parent = claim.parents().get(i).tensor(child.name());
      if (parent == null) {
        return 0;
      }
      new Decoder(parent).read(0, count, values[i], 0);
    }
    new Decoder(child).read(0, count, values[n], 0);
    double square = 0;
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= n; j++) {
          normal[i][j] += (double) values[i][k] * values[j][k];
        }
      }
      square += (double) values[n][k] * values[n][k];
    }
    return square;
  }
}
