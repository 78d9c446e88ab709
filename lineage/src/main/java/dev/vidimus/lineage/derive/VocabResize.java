package dev.vidimus.lineage.derive;

import dev.vidimus.formats.tensor.Shape;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Rows appended to the embeddings and to the head; everything else, old rows included, is bit
/// equal.
final class VocabResize {
  static final String WORD = "vocab-resize";

  private VocabResize() {}

  static Outcome check(Claim claim, Meter meter) throws IOException {
    Judgement judgement = new Judgement(WORD, claim.child());
    judgement.read(claim.child().bytes() + claim.parent().bytes());
    Double added = claim.parameters().number("added");
    Pairs pairs = Pairs.of(claim.child(), claim.parent());
    pairs.judge(judgement);
    List<Job> jobs = new ArrayList<>();
    List<String> grown = new ArrayList<>();
    for (Pairs.Pair pair : pairs.common()) {
      Tensor child = pair.child();
      Tensor source = pair.source();
      if (child.type() != source.type()) {
        judgement.against(
            Reason.TENSOR_TYPE,
            child.name(),
            child.type().word() + " instead of " + source.type().word());
      } else if (child.shape().equals(source.shape())) {
        jobs.add(BytesRule.job(child, source));
      } else if (!hasOnlyMoreRows(child.shape(), source.shape())) {
        judgement.against(
            Reason.TENSOR_SHAPE, child.name(), child.shape() + " instead of " + source.shape());
      } else {
        long more = child.shape().dimension(0) - source.shape().dimension(0);
        grown.add(child.name());
        judgement.parameter("found " + child.name(), more);
        if (added != null && more != added.longValue() && !isPadded(child, source, added)) {
          judgement.against(
              Reason.TENSOR_SHAPE,
              child.name(),
              more + " rows were added, not " + added.longValue());
        }
        jobs.add(BytesRule.job(head(child, source), source));
      }
    }
    List<Tally> tallies = Sweep.run(jobs, meter);
    for (int i = 0; i < jobs.size(); i++) {
      if (!tallies.get(i).isClean()) {
        Tensor child = jobs.get(i).child();
        Reason reason =
            grown.contains(child.name()) ? Reason.TENSOR_VALUE : Reason.UNTOUCHED_TENSOR_CHANGED;
        judgement.against(reason, child, tallies.get(i), "old rows are not those of the source");
      }
    }
    if (grown.isEmpty() && judgement.isClean()) {
      judgement.against(Reason.TENSOR_SHAPE, Outcome.ALL_MATRICES, "no tensor has more rows");
    }
    return judgement.outcome(Reason.ROWS_APPENDED);
  }

  private static boolean hasOnlyMoreRows(Shape child, Shape source) {
    if (child.rank() != source.rank() || child.rank() == 0) {
      return false;
    }
    for (int i = 1; i < child.rank(); i++) {
      if (child.dimension(i) != source.dimension(i)) {
        return false;
      }
    }
    return child.dimension(0) > source.dimension(0);
  }

  /// Whether the rows beyond the added ones fill up to what hardware likes.
  private static boolean isPadded(Tensor child, Tensor source, double added) {
    long rows = child.shape().dimension(0);
    long wanted = source.shape().dimension(0) + (long) added;
    for (int multiple : new int[] {8, 16, 32, 64, 128, 256}) {
      if (rows % multiple == 0 && rows >= wanted && rows - wanted < multiple) {
        return true;
      }
    }
    return false;
  }

  /// The old rows of a tensor that has more.
  private static Tensor head(Tensor child, Tensor source) {
    return new Tensor(child.name(), child.type(), source.shape(), child.data(), child.file());
  }
}
