package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Trained further from a base: by statistics, which show an origin and prove nothing. The measure
/// is the cosine of each weight matrix with the base's, after their means are taken off:
/// independent matrices of real size have nearly none, and even long training leaves most of it.
/// Vectors of norms are alike in all models and say nothing.
final class FineTune {
  static final String WORD = "finetune";

  private static final double DERIVED = 0.5;
  private static final double UNRELATED = 0.05;

  /// A row that moved so many times further than half of the rows, and than nearly all.
  private static final double ROW_FACTOR = 6;

  private static final double ROW_GAP = 3;

  /// A row that hardly moved is no edit.
  private static final double LEAST_CHANGE = 0.1;

  private static final int MOST_ROWS = 1 << 22;

  private final Claim claim;
  private final Judgement judgement;
  private final Meter meter;
  private final @Nullable List<String> trained;
  private final List<Tensor> unrelated = new ArrayList<>();
  private final List<String> weak = new ArrayList<>();
  private final List<String> outliers = new ArrayList<>();
  private final List<TensorNote> details = new ArrayList<>();
  private final List<Pairs.Pair> moved = new ArrayList<>();
  private final List<String> edited = new ArrayList<>();

  private FineTune(Claim claim, Judgement judgement, Meter meter) {
    this.claim = claim;
    this.judgement = judgement;
    this.meter = meter;
    this.trained = claim.parameters().texts("trained");
  }

  static Outcome check(Claim claim, Meter meter) throws IOException {
    Judgement judgement = new Judgement(WORD, claim.child());
    judgement.read(claim.child().bytes() + claim.parent().bytes());
    return new FineTune(claim, judgement, meter).check();
  }

  private Outcome check() throws IOException {
    Pairs pairs = Pairs.of(claim.child(), claim.parent());
    List<Job> jobs = new ArrayList<>();
    List<Job> frozen = new ArrayList<>();
    List<Tensor> resized = new ArrayList<>();
    for (Pairs.Pair pair : pairs.common()) {
      Tensor child = pair.child();
      Tensor source = pair.source();
      boolean isComparable = Decoder.reads(child.type()) && Decoder.reads(source.type());
      if (!child.shape().equals(source.shape())) {
        resized.add(child);
      } else if (!isTrained(child.name()) || !isComparable) {
        frozen.add(frozen(child, source));
      } else {
        boolean hasRows = child.isMatrix() && child.rows() <= MOST_ROWS;
        MovedRule rule =
            new MovedRule(hasRows ? (int) child.rows() : 0, (int) Math.max(1, child.columns()));
        jobs.add(new Job(child, new Rows.Of(source), rule));
      }
    }
    List<Tally> untouched = Sweep.run(frozen, meter);
    for (int i = 0; i < frozen.size(); i++) {
      if (!untouched.get(i).isClean()) {
        judgement.against(
            Reason.UNTOUCHED_TENSOR_CHANGED,
            frozen.get(i).child(),
            untouched.get(i),
            "moved, but was not to be trained");
      }
    }
    List<Tally> tallies = Sweep.run(jobs, meter);
    int matrices = 0;
    for (int i = 0; i < jobs.size(); i++) {
      matrices += jobs.get(i).child().isMatrix() ? 1 : 0;
      measure(jobs.get(i), tallies.get(i));
    }
    edits(pairs);
    return outcome(pairs, resized, matrices);
  }

  private static Job frozen(Tensor child, Tensor source) {
    return child.type() == source.type()
        ? BytesRule.job(child, source)
        : new Job(child, new Rows.Of(source), CastRule.CAST);
  }

  private boolean isTrained(String name) {
    return trained == null
        || trained.stream()
            .anyMatch(part -> name.equals(part) || name.startsWith(part + ".") || part.equals("*"));
  }

  private void measure(Job job, Tally tally) {
    Tensor child = job.child();
    if (tally.notFinite > 0) {
      judgement.against(Reason.NOT_FINITE, child.name(), "holds what is no finite number");
      return;
    }
    if (!child.isMatrix() || tally.sumDd == 0) {
      return;
    }
    double n = tally.checked;
    double xx = tally.sumXx - tally.sumX * tally.sumX / n;
    double yy = tally.sumYy - tally.sumY * tally.sumY / n;
    double xy = tally.sumXy - tally.sumX * tally.sumY / n;
    double cosine = xx <= 0 || yy <= 0 ? 0 : xy / Math.sqrt(xx * yy);
    double change = Math.sqrt(tally.sumDd / Math.max(tally.sumXx, Double.MIN_NORMAL));
    String detail =
        String.format(
            java.util.Locale.ROOT,
            "cosine %.4f, moved by %.2f %% of its size",
            cosine,
            100 * change);
    if (cosine < UNRELATED) {
      unrelated.add(child);
      details.add(TensorNote.of(child.name(), "not-derived", detail));
    } else if (cosine < DERIVED) {
      weak.add(child.name());
      details.add(TensorNote.of(child.name(), "weakly-derived", detail));
    } else {
      Tensor source = claim.parent().tensor(child.name());
      if (source != null) {
        moved.add(new Pairs.Pair(child, source));
      }
      rows(job);
    }
  }

  /// Matrices that were edited by thin products.
  private void edits(Pairs pairs) throws IOException {
    List<Pairs.Pair> matrices =
        pairs.common().stream().filter(pair -> pair.child().isMatrix()).toList();
    LowRankEdits edits = LowRankEdits.of(matrices, moved);
    for (TensorNote note : edits.notes()) {
      edited.add(note.name());
      details.add(note);
    }
    if (!edits.adapters().isEmpty()) {
      judgement.remark(
          "changed by thin products, as by an adapter, with which lora-merge shows more: "
              + String.join(", ", edits.adapters()));
    }
  }

  /// Rows that moved much further than their neighbours.
  private void rows(Job job) {
    if (!(job.rule() instanceof MovedRule rule) || rule.moved().length < 8) {
      return;
    }
    float[] moved = rule.moved();
    float[] before = rule.before();
    float[] sorted = moved.clone();
    Arrays.sort(sorted);
    int most = Math.max(3, moved.length / 200);
    float median = sorted[sorted.length / 2];
    float nearlyAll = sorted[Math.max(0, sorted.length - 1 - most)];
    TreeMap<Double, Integer> found = new TreeMap<>();
    for (int row = 0; row < moved.length; row++) {
      boolean isFar =
          moved[row] > ROW_FACTOR * median
              && moved[row] > ROW_GAP * nearlyAll
              && moved[row] > LEAST_CHANGE * before[row];
      if (isFar) {
        found.put(-(double) moved[row], row);
      }
    }
    if (found.isEmpty()) {
      return;
    }
    outliers.add(job.child().name());
    StringBuilder detail = new StringBuilder();
    for (Map.Entry<Double, Integer> entry : found.entrySet()) {
      detail.append(detail.isEmpty() ? "row " : ", row ").append(entry.getValue());
      double factor = -entry.getKey() / Math.max(median, Float.MIN_NORMAL);
      detail.append(
          median == 0
              ? " alone moved"
              : String.format(java.util.Locale.ROOT, " moved %.1f times the median", factor));
      if (detail.length() > 200) {
        break;
      }
    }
    details.add(TensorNote.of(job.child().name(), "row-outlier", detail.toString()));
  }

  private Outcome outcome(Pairs pairs, List<Tensor> resized, int matrices) throws IOException {
    judgement.parameter("matrices", matrices);
    boolean isOdd = !unrelated.isEmpty() || !weak.isEmpty() || !outliers.isEmpty();
    if (isOdd && judgement.isClean()) {
      Outcome disguised = PermutedUnits.check(claim, meter, false);
      if (disguised.reason() == Reason.PERMUTED_UNITS) {
        disguised.tensors().forEach(judgement::note);
        return judgement
            .outcome(Verdict.SUSPICIOUS, Reason.PERMUTED_UNITS)
            .culprits(disguised.culprits())
            .note("nothing was trained: " + String.join("; ", disguised.notes()));
      }
    }
    details.forEach(judgement::note);
    if (!unrelated.isEmpty()) {
      boolean isAll = unrelated.size() == matrices;
      List<String> names =
          isAll ? List.of(Outcome.ALL_MATRICES) : unrelated.stream().map(Tensor::name).toList();
      return judgement.wholly(Reason.NOT_DERIVED, names);
    }
    if (!judgement.isClean()) {
      return judgement.outcome(Reason.DERIVED);
    }
    List<String> odd = new ArrayList<>();
    pairs.broken().forEach(tensor -> odd.add(tensor.name()));
    pairs.extra().forEach(tensor -> odd.add(tensor.name()));
    pairs.missing().forEach(tensor -> odd.add(tensor.name()));
    if (!weak.isEmpty()) {
      return judgement.outcome(Verdict.SUSPICIOUS, Reason.WEAKLY_DERIVED).culprits(weak);
    }
    if (!edited.isEmpty()) {
      outliers.removeAll(edited);
      edited.addAll(outliers);
      return judgement.outcome(Verdict.SUSPICIOUS, Reason.LOW_RANK_EDIT).culprits(edited);
    }
    if (!outliers.isEmpty()) {
      return judgement.outcome(Verdict.SUSPICIOUS, Reason.ROW_OUTLIER).culprits(outliers);
    }
    if (!odd.isEmpty()) {
      Reason reason =
          !pairs.broken().isEmpty()
              ? Reason.TIE_BROKEN
              : pairs.extra().isEmpty() ? Reason.TENSOR_MISSING : Reason.TENSOR_EXTRA;
      return judgement.outcome(Verdict.SUSPICIOUS, reason).culprits(odd);
    }
    if (!resized.isEmpty()) {
      return judgement
          .outcome(Verdict.SUSPICIOUS, Reason.TENSOR_SHAPE)
          .culprits(resized.stream().map(Tensor::name).toList());
    }
    return judgement.outcome(Verdict.VERIFIED, Reason.DERIVED);
  }
}
