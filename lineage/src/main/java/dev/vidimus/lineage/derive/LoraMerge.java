package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A LoRA merged into its base: every touched tensor is the sum, every other one is bit equal.
final class LoraMerge {
  static final String WORD = "lora-merge";

  /// Values of a thin matrix that are held as F32.
  private static final long LARGEST = 1L << 26;

  private final Claim claim;
  private final Judgement judgement;
  private final Meter meter;
  private final AdapterConfig config;
  private final Adapter adapter;
  private final Map<String, Double> scales = new LinkedHashMap<>();

  private LoraMerge(
      Claim claim, Judgement judgement, Meter meter, AdapterConfig config, Adapter adapter) {
    this.claim = claim;
    this.judgement = judgement;
    this.meter = meter;
    this.config = config;
    this.adapter = adapter;
  }

  static Outcome check(Claim claim, Meter meter) throws IOException {
    Judgement judgement = new Judgement(WORD, claim.child());
    judgement.read(claim.bytes());
    Model model = claim.adapter();
    if (model == null) {
      return judgement
          .outcome(Verdict.UNKNOWN, Reason.BAD_PARAMETERS)
          .note("no adapter was given: --adapter");
    }
    if (model.config() == null) {
      return judgement
          .outcome(Verdict.UNKNOWN, Reason.BAD_PARAMETERS)
          .note("the adapter has no adapter_config.json, so nobody knows its scale");
    }
    AdapterConfig config = new AdapterConfig(model.config());
    if (!config.obstacle().isEmpty()) {
      return judgement
          .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_ADAPTER)
          .note(config.obstacle());
    }
    Adapter adapter = Adapter.of(model);
    if (!adapter.unknown().isEmpty()) {
      return judgement
          .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_ADAPTER)
          .note("of unknown meaning: " + adapter.unknown().getFirst());
    }
    if (adapter.modules().isEmpty() && adapter.copies().isEmpty()) {
      return judgement.outcome(Verdict.UNKNOWN, Reason.BAD_PARAMETERS).note("an empty adapter");
    }
    return new LoraMerge(claim, judgement, meter, config, adapter).check();
  }

  private Outcome check() throws IOException {
    Map<String, Job> touched = new LinkedHashMap<>();
    Outcome obstacle = jobs(touched);
    if (obstacle != null) {
      return obstacle;
    }
    Pairs pairs = Pairs.of(claim.child(), claim.parent());
    pairs.judge(judgement);
    List<Job> untouched = new ArrayList<>();
    for (Pairs.Pair pair : pairs.common()) {
      Tensor child = pair.child();
      Tensor copy = adapter.copies().get(child.name());
      if (touched.containsKey(child.name())) {
        continue;
      }
      Tensor source = copy == null ? pair.source() : copy;
      if (!child.shape().equals(source.shape())) {
        judgement.against(
            Reason.TENSOR_SHAPE, child.name(), child.shape() + " instead of " + source.shape());
      } else if (child.type() == source.type()) {
        untouched.add(BytesRule.job(child, source));
      } else if (CastRule.checks(child.type()) && Decoder.reads(source.type())) {
        untouched.add(new Job(child, new Rows.Of(source), CastRule.CAST));
      } else {
        return judgement
            .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_TYPE)
            .note(child.name() + ": " + source.type().word() + " to " + child.type().word());
      }
    }
    List<Tally> tallies = Sweep.run(untouched, meter);
    for (int i = 0; i < untouched.size(); i++) {
      if (!tallies.get(i).isClean()) {
        Tensor child = untouched.get(i).child();
        boolean isCopy = adapter.copies().containsKey(child.name());
        judgement.against(
            isCopy ? Reason.TENSOR_VALUE : Reason.UNTOUCHED_TENSOR_CHANGED,
            child,
            tallies.get(i),
            isCopy
                ? "is not the copy in the adapter"
                : "moved, though the adapter leaves it alone");
      }
    }
    return judge(touched);
  }

  /// Makes the jobs of the tensors that the adapter touches, or says why that cannot be done.
  private @Nullable Outcome jobs(Map<String, Job> touched) {
    Double declared = claim.parameters().number("scale");
    if (claim.parameters().has("scale") && declared == null) {
      return bad("scale is no finite number");
    }
    Set<Double> distinct = new HashSet<>();
    for (Map.Entry<String, Adapter.Module> entry : adapter.modules().entrySet()) {
      Adapter.Module module = entry.getValue();
      Tensor down = module.down();
      Tensor up = module.up();
      if (down == null || up == null || !isThin(down, up)) {
        return bad(entry.getKey() + " lacks a matrix, or ranks do not agree");
      }
      Double scale = config.scale(entry.getKey());
      if (scale == null) {
        return bad("rank or alpha make no sense: " + entry.getKey());
      }
      String name = base(entry.getKey());
      Tensor child = name == null ? null : claim.child().tensor(name);
      Tensor source = name == null ? null : claim.parent().tensor(name);
      if (child == null || source == null || name == null) {
        return bad("the adapter changes " + entry.getKey() + ", which is in neither model");
      }
      distinct.add(scale);
      Job job = job(child, source, module, down, up, declared == null ? scale : declared);
      if (job == null) {
        return bad("the shapes of " + entry.getKey() + " do not fit");
      }
      scales.put(name, declared == null ? scale : declared);
      touched.put(name, job);
    }
    judgement.parameter("declared", distinct.size() == 1 ? distinct.iterator().next() : distinct);
    return null;
  }

  private Outcome bad(String note) {
    return judgement.outcome(Verdict.UNKNOWN, Reason.BAD_PARAMETERS).note(note);
  }

  private static boolean isThin(Tensor down, Tensor up) {
    return down.shape().rank() >= 2
        && up.shape().rank() >= 2
        && Decoder.reads(down.type())
        && Decoder.reads(up.type())
        && down.shape().dimension(0) > 0
        && down.shape().dimension(0) == LowRank.width(up)
        && down.elements() <= LARGEST
        && up.elements() <= LARGEST;
  }

  /// The tensor that a module's name stands for in the base.
  private @Nullable String base(String module) {
    for (String name : List.of(module + ".weight", module, "model." + module + ".weight")) {
      if (claim.parent().tensor(name) != null) {
        return name;
      }
    }
    return module.startsWith("model.") ? base(module.substring("model.".length())) : null;
  }

  private @Nullable Job job(
      Tensor child, Tensor source, Adapter.Module module, Tensor down, Tensor up, double scale) {
    boolean isTransposed = module.embedding() || config.isTrue("fan_in_fan_out");
    long rows = isTransposed ? LowRank.width(down) : up.shape().dimension(0);
    long columns = isTransposed ? up.shape().dimension(0) : LowRank.width(down);
    if (!child.shape().equals(source.shape())
        || !Decoder.reads(source.type())
        || !CastRule.checks(child.type())
        || child.shape().rank() < 2
        || child.shape().dimension(0) != rows
        || LowRank.width(child) != columns
        || columns > LARGEST) {
      return null;
    }
    Tensor magnitude = module.magnitude();
    if (magnitude != null && (magnitude.elements() != rows || isTransposed)) {
      return null;
    }
    MergedRule rule =
        new MergedRule(
            child,
            source.type(),
            isTransposed ? down : up,
            isTransposed,
            isTransposed ? up : down,
            isTransposed,
            scale,
            magnitude,
            TensorType.F32);
    return new Job(child, new Rows.Of(source), rule);
  }

  private Outcome judge(Map<String, Job> touched) throws IOException {
    List<Job> jobs = List.copyOf(touched.values());
    List<Tally> tallies = new ArrayList<>(Sweep.run(jobs, meter));
    retryRounded(jobs, tallies);
    List<String> rescaled = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    Map<String, Double> found = new HashMap<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Tally tally = tallies.get(i);
      Tensor child = jobs.get(i).child();
      if (tally.isClean()) {
        continue;
      }
      double scale = scales.getOrDefault(child.name(), 1.0);
      Cause cause = cause(tally, scale);
      judgement.against(cause.reason(), child, tally, cause.detail());
      found.put(child.name(), cause.scale());
      switch (cause.reason()) {
        case SCALE_MISMATCH -> rescaled.add(child.name());
        case WRONG_SOURCE -> foreign.add(child.name());
        default -> others.add(child.name());
      }
    }
    if (!rescaled.isEmpty()) {
      judgement.parameter(
          "found", Math.round(1000 * found.getOrDefault(rescaled.getFirst(), 0.0)) / 1000.0);
    } else if (others.isEmpty() && foreign.isEmpty() && judgement.isClean()) {
      judgement.parameter("found", scales.isEmpty() ? 0 : scales.values().iterator().next());
    }
    boolean isWhole = !foreign.isEmpty() && foreign.size() == jobs.size();
    return isWhole
        ? judgement.wholly(Reason.WRONG_SOURCE, foreign)
        : judgement.outcome(Reason.LORA_WITHIN_BOUND);
  }

  /// Tries whether the adapter was rounded to the type of the base before it was merged.
  private void retryRounded(List<Job> jobs, List<Tally> tallies) throws IOException {
    List<Job> again = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Tensor source = claim.parent().tensor(jobs.get(i).child().name());
      boolean isNarrow =
          source != null && (source.type() == TensorType.BF16 || source.type() == TensorType.F16);
      if (source != null
          && isNarrow
          && tallies.get(i).notFinite == 0
          && !tallies.get(i).isClean()
          && jobs.get(i).rule() instanceof MergedRule rule) {
        again.add(
            new Job(jobs.get(i).child(), jobs.get(i).expected(), rule.rounded(source.type())));
        places.add(i);
      }
    }
    List<Tally> rounded = Sweep.run(again, meter);
    boolean fits = !rounded.isEmpty() && rounded.stream().allMatch(Tally::isClean);
    for (int i = 0; fits && i < places.size(); i++) {
      tallies.set(places.get(i), rounded.get(i));
    }
    if (fits) {
      judgement.parameter("route", "adapter rounded to the type of the base");
    }
  }

  private record Cause(Reason reason, double scale, String detail) {}

  /// What was merged instead, by fitting the change that is there to the one that ought to be.
  private static Cause cause(Tally tally, double scale) {
    if (tally.notFinite > 0) {
      return new Cause(Reason.NOT_FINITE, Double.NaN, "holds what is no finite number");
    }
    if (!tally.isWidespread()) {
      return new Cause(Reason.TENSOR_VALUE, scale, "is not base plus adapter in some rows");
    }
    double share = tally.sumXx == 0 ? 0 : tally.sumXy / tally.sumXx;
    double rest = tally.sumYy - share * tally.sumXy;
    boolean isUnmoved = tally.sumYy <= 4 * tally.sumDd && tally.sumYy < 0.05 * tally.sumXx;
    boolean isRescaled = Math.abs(share - 1) > 0.01;
    boolean isExplained = isRescaled && rest <= 0.1 * tally.sumYy + 4 * tally.sumDd;
    if (tally.sumYy == 0 || isUnmoved) {
      return new Cause(Reason.SCALE_MISMATCH, 0, "is the base itself: nothing was merged");
    }
    if (isExplained) {
      double fitted = share * scale;
      return new Cause(
          Reason.SCALE_MISMATCH,
          fitted,
          String.format(
              java.util.Locale.ROOT, "was merged with scale %.4g instead of %.4g", fitted, scale));
    }
    if (!isRescaled) {
      return new Cause(
          Reason.TENSOR_VALUE, scale, "is near base plus adapter, but not within bound");
    }
    return new Cause(Reason.WRONG_SOURCE, 0, "the change is not that of this adapter");
  }
}
