package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.formats.tensor.Shape;
import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checkpoint converted to GGUF, or one GGUF file quantized from another.
final class GgufConversion {
  static final String WORD = "gguf";

  /// A quantized tensor whose wasteful superblocks are more than this share is not a quantizer's.
  private static final double MOST_WASTEFUL = 0.03;

  /// What a single superblock may waste at most without an importance matrix.
  private static final double MOST_WASTE = 3.2;

  /// What a whole tensor may waste with an importance matrix.
  private static final double WEIGHTED_WASTE = 1.5;

  private final Claim claim;
  private final Judgement judgement;
  private final Meter meter;
  private final boolean weighted;
  private final Map<String, GgufPlan.Planned> planned;
  private final Set<String> routes = new LinkedHashSet<>();
  private long blocks;
  private long searched;

  private GgufConversion(
      Claim claim, Map<String, GgufPlan.Planned> planned, Judgement judgement, Meter meter) {
    this.claim = claim;
    this.planned = planned;
    this.judgement = judgement;
    this.meter = meter;
    this.weighted =
        claim.parameters().isTrue("imatrix")
            || claim.parameters().text("imatrix") != null
            || claim.child().metadata().containsKey("quantize.imatrix.file")
            || claim.child().metadata().containsKey("quantize.imatrix.entries_count");
  }

  static Outcome check(Claim claim, Meter meter) throws IOException {
    Model child = claim.child();
    Judgement judgement = new Judgement(WORD, child);
    judgement.read(child.bytes() + claim.parent().bytes());
    if (!(child.metadata().get("general.architecture") instanceof String architecture)) {
      return judgement.outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_ARCHITECTURE);
    }
    Map<String, GgufPlan.Planned> planned = new LinkedHashMap<>();
    try {
      if (claim.parent().metadata().containsKey("general.architecture")) {
        for (Tensor tensor : claim.parent().tensors()) {
          planned.put(
              tensor.name(), new GgufPlan.Planned(new Rows.Of(tensor), null, List.of(tensor)));
        }
      } else {
        if (!new GgufNames(architecture).knows()) {
          return judgement
              .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_ARCHITECTURE)
              .note("names and layouts of " + architecture + " are not known here");
        }
        GgufPlan plan = GgufPlan.of(claim.parent(), child, architecture);
        planned.putAll(plan.tensors());
        if (!plan.unmapped().isEmpty()) {
          return judgement
              .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_ARCHITECTURE)
              .note("nobody knows where these go: " + shown(plan.unmapped()));
        }
      }
    } catch (FormatException.Unsupported e) {
      return judgement
          .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_TYPE)
          .note(e.where() + ": " + e.problem());
    } catch (FormatException e) {
      return judgement
          .outcome(Verdict.UNKNOWN, Reason.UNREADABLE)
          .note(e.where() + ": " + e.problem());
    }
    return new GgufConversion(claim, planned, judgement, meter).check();
  }

  private static String shown(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(5, names.size())))
        + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
  }

  private Outcome check() throws IOException {
    List<Tensor> checked = new ArrayList<>();
    Set<TensorType> types = new LinkedHashSet<>();
    for (Tensor tensor : claim.child().tensors()) {
      GgufPlan.Planned plan = planned.get(tensor.name());
      if (plan == null) {
        extra(tensor);
      } else if (plan.elements() != tensor.elements() || !fits(tensor, plan)) {
        judgement.against(
            Reason.TENSOR_SHAPE, tensor.name(), tensor.shape() + " is not that of the source");
      } else if (!isChecked(tensor.type()) && !isSame(tensor, plan)) {
        return judgement
            .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_TYPE)
            .note(tensor.name() + ": " + tensor.type().word() + " is not recomputed here");
      } else {
        checked.add(tensor);
        types.add(tensor.type());
      }
    }
    for (String name : planned.keySet()) {
      if (claim.child().tensor(name) == null && !isTied(name)) {
        judgement.against(Reason.TENSOR_MISSING, name, "the source has it");
      }
    }
    checkType(types);
    Map<String, Tally> off = sweep(checked);
    explain(off);
    judgement.parameter("types", types.stream().map(TensorType::word).toList());
    judgement.parameter("routes", List.copyOf(routes));
    if (blocks > 0) {
      judgement.parameter("superblocks", blocks);
      judgement.parameter("searched", searched);
    }
    judgement.parameter("imatrix", weighted);
    if (judgement.allMatricesAreOff()) {
      return judgement.wholly(Reason.WRONG_SOURCE);
    }
    boolean isQuantized = types.stream().anyMatch(TensorType::isQuantized);
    return judgement.outcome(isQuantized ? Reason.QUANT_WITHIN_BOUND : Reason.CAST_EXACT);
  }

  private static boolean isChecked(TensorType type) {
    return CastRule.checks(type)
        || LegacyRule.checks(type)
        || KRule.checks(type)
        || NearestRule.checks(type);
  }

  /// A tensor that was copied, such as one that a quantized source had already.
  private static boolean isSame(Tensor tensor, GgufPlan.Planned plan) {
    return plan.sources().size() == 1 && plan.sources().getFirst().type() == tensor.type();
  }

  /// Whether the shape is that of the source, but for dimensions of 1 that converters drop or add.
  private static boolean fits(Tensor tensor, GgufPlan.Planned plan) {
    if (plan.rows() instanceof Layout.Stacked || plan.rows() instanceof Layout.Transposed) {
      Tensor part = plan.sources().getFirst();
      return plan.rows() instanceof Layout.Stacked
          ? tensor.columns() == part.columns()
          : tensor.columns() == part.rows();
    }
    return squeezed(tensor.shape()).equals(squeezed(plan.sources().getFirst().shape()));
  }

  private static List<Long> squeezed(Shape shape) {
    List<Long> dimensions = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dimension(i) != 1) {
        dimensions.add(shape.dimension(i));
      }
    }
    return dimensions;
  }

  /// A head that is not stored twice.
  private boolean isTied(String name) throws IOException {
    if (!name.equals("output.weight")) {
      return false;
    }
    GgufPlan.Planned head = planned.get(name);
    GgufPlan.Planned embeddings = planned.get("token_embd.weight");
    return head != null
        && embeddings != null
        && Pairs.equal(head.sources().getFirst(), embeddings.sources().getFirst());
  }

  /// Tensors that the converter makes by itself.
  private void extra(Tensor tensor) throws IOException {
    if (tensor.name().equals("rope_freqs.weight")) {
      String problem = RopeFrequencies.problem(tensor, claim.parent());
      if (!problem.isEmpty()) {
        judgement.against(Reason.TENSOR_VALUE, tensor.name(), problem);
      }
      return;
    }
    GgufPlan.Planned embeddings = planned.get("token_embd.weight");
    if (embeddings != null
        && tensor.name().equals("output.weight")
        && Boolean.TRUE.equals(Pairs.tied(claim.parent().config()))) {
      Tally tally = new Tally();
      Job job = job(tensor, embeddings.rows());
      for (Tally one : Sweep.run(List.of(job), meter)) {
        tally.plus(one);
      }
      if (!tally.isClean()) {
        judgement.against(Reason.TIE_BROKEN, tensor, tally, "differs from the tied embeddings");
      }
      return;
    }
    judgement.against(Reason.TENSOR_EXTRA, tensor.name(), "is not in the source");
  }

  private void checkType(Set<TensorType> types) {
    String word = claim.parameters().text("type");
    if (word == null) {
      return;
    }
    String bare = word.replaceFirst("_(?:XS|XXS|S|M|L|XL)$", "");
    TensorType type = TensorType.of(word) == null ? TensorType.of(bare) : TensorType.of(word);
    if (type == null) {
      judgement.remark("the claimed type is not known: " + word);
      return;
    }
    Set<TensorType> instead = new LinkedHashSet<>(types);
    instead.retainAll(fallbacks(type));
    if (!types.contains(type) && instead.isEmpty() && !types.isEmpty()) {
      judgement.against(
          Reason.TENSOR_TYPE, Outcome.ALL_MATRICES, "no tensor is of type " + type.word());
    }
  }

  /// What the quantizer takes where the blocks of a type do not fit the rows.
  private static Set<TensorType> fallbacks(TensorType type) {
    return switch (type) {
      case Q4_K -> Set.of(TensorType.Q5_0);
      case Q5_K -> Set.of(TensorType.Q5_1);
      case Q6_K -> Set.of(TensorType.Q8_0);
      case Q2_K, Q3_K, TQ1_0, TQ2_0 -> Set.of(TensorType.Q4_0);
      case IQ4_XS -> Set.of(TensorType.IQ4_NL);
      default -> Set.of();
    };
  }

  /// Tensors whose values no route explains.
  private Map<String, Tally> sweep(List<Tensor> tensors) throws IOException {
    Map<String, Tally> off = new LinkedHashMap<>();
    List<Tensor> left = tensors;
    for (Route route : Route.values()) {
      List<Job> jobs = new ArrayList<>();
      List<Tensor> tried = new ArrayList<>();
      for (Tensor tensor : left) {
        GgufPlan.Planned plan = plan(tensor);
        boolean isNew = route == Route.DIRECT || differs(route, tensor, plan);
        if (isNew && (route == Route.DIRECT || fitsAtFirst(tensor, route.over(plan.rows())))) {
          jobs.add(job(tensor, route.over(plan.rows())));
          tried.add(tensor);
        }
      }
      List<Tally> tallies = Sweep.run(jobs, meter);
      List<Tensor> rest = new ArrayList<>(left);
      for (int i = 0; i < jobs.size(); i++) {
        Tensor tensor = tried.get(i);
        Tally tally = tallies.get(i);
        if (tally.isClean() && isThrifty(tensor, tally)) {
          rest.remove(tensor);
          off.remove(tensor.name());
          if (tensor.isMatrix()) {
            routes.add(route.word());
          }
          blocks += KRule.checks(tensor.type()) ? tally.blocks : 0;
          searched += KRule.checks(tensor.type()) ? tally.searched : 0;
        } else {
          off.merge(tensor.name(), tally, (a, b) -> a.bad <= b.bad ? a : b);
        }
      }
      left = rest;
    }
    return off;
  }

  private GgufPlan.Planned plan(Tensor tensor) {
    GgufPlan.Planned plan = planned.get(tensor.name());
    if (plan == null) {
      throw new IllegalStateException("no plan for " + tensor.name());
    }
    return plan;
  }

  private static boolean differs(Route route, Tensor tensor, GgufPlan.Planned plan) {
    TensorType source = plan.sources().getFirst().type();
    return Decoder.reads(source)
        && !source.isQuantized()
        && Route.of(source).contains(route)
        && !isSame(tensor, plan);
  }

  /// Looks at the first rows before a whole tensor is read again.
  private boolean fitsAtFirst(Tensor tensor, Rows rows) throws IOException {
    Job job = job(tensor, rows);
    long row = Sweep.row(job);
    int count = (int) Math.min(tensor.elements(), Math.max(1, 4096 / row) * row);
    float[] expected = new float[count];
    rows.open().read(0, count, expected);
    Tally tally = new Tally();
    job.rule().open(job).range(0, count, expected, tally);
    return tally.isClean();
  }

  private Job job(Tensor tensor, Rows rows) {
    TensorType type = tensor.type();
    if (rows instanceof Rows.Of(Tensor source) && source.type() == type) {
      return BytesRule.job(tensor, source);
    }
    Rule rule =
        CastRule.checks(type)
            ? CastRule.CAST
            : LegacyRule.checks(type)
                ? new LegacyRule(weighted)
                : KRule.checks(type) ? KRule.K : NearestRule.NEAREST;
    return new Job(tensor, rows, rule);
  }

  /// Whether the scales waste no more than those of the quantizer.
  private boolean isThrifty(Tensor tensor, Tally tally) {
    if (tally.wasteful == 0) {
      return true;
    }
    if (weighted) {
      return LegacyRule.checks(tensor.type())
          ? tally.wasteful <= Math.max(2, (long) (MOST_WASTEFUL * tally.blocks))
          : tally.energy <= WEIGHTED_WASTE * tally.reference;
    }
    long allowed = Math.max(2, (long) (MOST_WASTEFUL * tally.blocks));
    return tally.wasteful <= allowed && tally.worstRatio <= MOST_WASTE;
  }

  private void explain(Map<String, Tally> off) throws IOException {
    for (Map.Entry<String, Tally> entry : off.entrySet()) {
      Tensor tensor = claim.child().tensor(entry.getKey());
      if (tensor == null) {
        continue;
      }
      Tally tally = entry.getValue();
      Cause cause = cause(tensor, tally);
      judgement.against(cause.reason(), tensor, tally, cause.detail());
    }
  }

  private record Cause(Reason reason, String detail) {}

  private Cause cause(Tensor tensor, Tally tally) throws IOException {
    GgufPlan.Planned plan = plan(tensor);
    if (tally.notFinite > 0) {
      return new Cause(Reason.NOT_FINITE, "a scale or a weight is no finite number");
    }
    if (tally.isClean()) {
      return new Cause(
          Reason.SCALE_ENERGY,
          tally.wasteful
              + " of "
              + tally.blocks
              + " blocks waste accuracy, the worst "
              + Math.round(tally.worstRatio * 100) / 100.0
              + " times");
    }
    if (tally.isWidespread()) {
      Rows plain = plan.plain();
      boolean isMoved =
          plan.rows() instanceof Layout.Reordered || plan.rows() instanceof Layout.Transposed;
      if (isMoved && plain != null && fitsAtFirst(tensor, plain) && fitsWholly(tensor, plain)) {
        return new Cause(Reason.PERMUTATION, "holds the values in the order of the source");
      }
      String other = other(tensor);
      if (other != null) {
        return new Cause(Reason.TENSOR_NAME, "holds what belongs to " + other);
      }
    }
    if (plan.rows() instanceof Layout.Stacked(List<Rows> parts) && isReordered(tensor, parts)) {
      return new Cause(Reason.PERMUTATION, "holds the experts in another order");
    }
    return new Cause(Reason.TENSOR_VALUE, "not what the source gives in " + tensor.type().word());
  }

  private boolean fitsWholly(Tensor tensor, Rows rows) throws IOException {
    return Sweep.run(List.of(job(tensor, rows)), meter).getFirst().isClean();
  }

  /// The name of another tensor whose values stand here.
  private @Nullable String other(Tensor tensor) throws IOException {
    for (Map.Entry<String, GgufPlan.Planned> entry : planned.entrySet()) {
      GgufPlan.Planned plan = entry.getValue();
      if (!entry.getKey().equals(tensor.name())
          && plan.elements() == tensor.elements()
          && tensor.isMatrix()
          && fits(tensor, plan)
          && fitsAtFirst(tensor, plan.rows())
          && fitsWholly(tensor, plan.rows())) {
        return entry.getKey();
      }
    }
    return null;
  }

  /// Whether each part of a stack is one of the experts, in whatever order.
  private boolean isReordered(Tensor tensor, List<Rows> parts) throws IOException {
    long size = parts.getFirst().elements();
    for (int i = 0; i < parts.size(); i++) {
      boolean isFound = false;
      for (int other = 0; other < parts.size() && !isFound; other++) {
        List<Rows> order = new ArrayList<>(parts);
        order.set(i, parts.get(other));
        Job job = job(tensor, new Layout.Stacked(order));
        int count = (int) Math.min(size, Math.max(1, 4096 / Sweep.row(job)) * Sweep.row(job));
        float[] expected = new float[count];
        parts.get(other).open().read(0, count, expected);
        Tally tally = new Tally();
        isFound = job.rule().open(job).range(i * size, count, expected, tally) && tally.isClean();
      }
      if (!isFound) {
        return false;
      }
    }
    return true;
  }

  /// The `rope_freqs.weight` that the converter computes from the configuration.
  private static final class RopeFrequencies {
    private static String problem(Tensor tensor, Model source) throws IOException {
      JsonObject config = source.config();
      JsonValue scaling = config == null ? null : config.get("rope_scaling");
      if (!(scaling instanceof JsonObject rope)
          || !("llama3".equals(rope.string("rope_type")) || "llama3".equals(rope.string("type")))) {
        return "the source has no rope scaling that makes it";
      }
      double base = number(config, "rope_theta", 10000);
      double factor = number(rope, "factor", 8);
      double low = number(rope, "low_freq_factor", 1);
      double high = number(rope, "high_freq_factor", 4);
      double context = number(rope, "original_max_position_embeddings", 8192);
      double heads = number(config, "num_attention_heads", 0);
      double size = number(config, "head_dim", number(config, "hidden_size", 0) / heads);
      int count = (int) tensor.elements();
      if (tensor.elements() != Math.round(size / 2) || !Decoder.decodes(tensor.type())) {
        return "has " + tensor.elements() + " values for heads of " + size;
      }
      float[] found = new float[count];
      new Decoder(tensor).read(0, count, found, 0);
      for (int i = 0; i < count; i++) {
        double length = 2 * Math.PI * Math.pow(base, 2.0 * i / size);
        double smooth = (context / length - low) / (high - low);
        double wanted =
            length < context / high
                ? 1
                : length > context / low ? factor : 1 / ((1 - smooth) / factor + smooth);
        if (!(Math.abs(found[i] - wanted) <= 1e-4 * wanted)) {
          return "[" + i + "] is " + found[i] + " instead of " + wanted;
        }
      }
      return "";
    }

    private static double number(@Nullable JsonObject object, String name, double otherwise) {
      return object != null && object.get(name) instanceof JsonNumber(String text)
          ? Double.parseDouble(text)
          : object != null && object.get(name) instanceof JsonString ? Double.NaN : otherwise;
    }
  }
}
