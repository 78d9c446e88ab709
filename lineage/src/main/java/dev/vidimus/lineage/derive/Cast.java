package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The same values in another element type, each rounded to the nearest.
final class Cast {
  static final String WORD = "cast";

  private Cast() {}

  static Outcome check(Claim claim, Meter meter) throws IOException {
    Judgement judgement = new Judgement(WORD, claim.child());
    judgement.read(claim.child().bytes() + claim.parent().bytes());
    @Nullable TensorType from = type(claim, "from");
    @Nullable TensorType to = type(claim, "to");
    Pairs pairs = Pairs.of(claim.child(), claim.parent());
    pairs.judge(judgement);
    List<Job> jobs = new ArrayList<>();
    boolean hasTarget = false;
    for (Pairs.Pair pair : pairs.common()) {
      Tensor child = pair.child();
      Tensor source = pair.source();
      hasTarget |= child.type() == to;
      if (!child.shape().equals(source.shape())) {
        judgement.against(
            Reason.TENSOR_SHAPE, child.name(), child.shape() + " instead of " + source.shape());
      } else if (child.type() == source.type()) {
        jobs.add(BytesRule.job(child, source));
      } else if (to != null && child.type() != to && child.isMatrix()) {
        judgement.against(
            Reason.TENSOR_TYPE, child.name(), child.type().word() + " instead of " + to.word());
      } else if (from != null && source.type() != from && source.isMatrix()) {
        judgement.against(
            Reason.TENSOR_TYPE,
            child.name(),
            "the source has " + source.type().word() + ", not " + from.word());
      } else if (CastRule.checks(child.type()) && Decoder.reads(source.type())) {
        jobs.add(new Job(child, new Rows.Of(source), CastRule.CAST));
      } else {
        return judgement
            .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_TYPE)
            .note(child.name() + ": " + source.type().word() + " to " + child.type().word());
      }
    }
    if (to != null && !hasTarget && judgement.isClean()) {
      judgement.against(
          Reason.TENSOR_TYPE, Outcome.ALL_MATRICES, "no tensor is of type " + to.word());
    }
    judge(judgement, jobs, Sweep.run(jobs, meter), claim);
    if (judgement.allMatricesAreOff()) {
      route(judgement, jobs, meter);
      return judgement.wholly(Reason.WRONG_SOURCE);
    }
    return judgement.outcome(Reason.CAST_EXACT);
  }

  private static void judge(Judgement judgement, List<Job> jobs, List<Tally> tallies, Claim claim) {
    for (int i = 0; i < jobs.size(); i++) {
      if (!tallies.get(i).isClean()) {
        Tensor child = jobs.get(i).child();
        Tensor source = claim.parent().tensor(child.name());
        String type = source == null ? "the source" : source.type().word();
        judgement.against(
            Reason.TENSOR_VALUE,
            child,
            tallies.get(i),
            "not what " + type + " rounds to in " + child.type().word());
      }
    }
  }

  /// Names the coarser type through which every tensor went, if there is one.
  private static void route(Judgement judgement, List<Job> jobs, Meter meter) throws IOException {
    for (Route route : List.of(Route.VIA_BF16, Route.VIA_F16)) {
      List<Job> detour = new ArrayList<>();
      for (Job job : jobs) {
        if (job.rule() == CastRule.CAST) {
          detour.add(new Job(job.child(), route.over(job.expected()), CastRule.CAST));
        }
      }
      if (!detour.isEmpty() && Sweep.run(detour, meter).stream().allMatch(Tally::isClean)) {
        judgement.parameter("route", route.word());
        judgement.remark("every value fits " + route.word() + ": the cast was not a direct one");
        return;
      }
    }
  }

  private static @Nullable TensorType type(Claim claim, String name) {
    String word = claim.parameters().text(name);
    return word == null ? null : TensorType.of(word);
  }
}
