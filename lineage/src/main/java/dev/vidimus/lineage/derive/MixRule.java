package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.List;

/// Each value is a sum of the parents' values by fixed factors, within what rounding of products
/// and sums allows in the types that merging tools work in.
final class MixRule implements Rule {
  private final List<Tensor> parents;
  private final double[] factors;
  private final double unit;

  /// @param parents of the same shape
  /// @param factors one for each
  MixRule(Tensor child, List<Tensor> parents, double[] factors) {
    this.parents = List.copyOf(parents);
    this.factors = factors.clone();
    double coarsest = Rounding.unit(child.type());
    for (Tensor parent : parents) {
      coarsest = Math.max(coarsest, Rounding.unit(parent.type()));
    }
    this.unit = coarsest;
  }

  static Job job(Tensor child, List<Tensor> parents, double[] factors) {
    return new Job(child, new Rows.Of(parents.getFirst()), new MixRule(child, parents, factors));
  }

  @Override
  public boolean wantsExpected(Job job) {
    return false;
  }

  @Override
  public int unit(Job job) {
    return 1;
  }

  @Override
  public Check open(Job job) {
    Decoder own = new Decoder(job.child());
    List<Decoder> decoders = parents.stream().map(Decoder::new).toList();
    double own2 = 2 * Rounding.least(job.child().type());
    return (element, count, expected, tally) -> check(own, decoders, element, count, own2, tally);
  }

  private boolean check(
      Decoder own, List<Decoder> decoders, long element, int count, double least, Tally tally)
      throws IOException {
    float[] found = new float[count];
    own.read(element, count, found, 0);
    float[] part = new float[count];
    double[] sum = new double[count];
    double[] size = new double[count];
    for (int p = 0; p < decoders.size(); p++) {
      decoders.get(p).read(element, count, part, 0);
      double factor = factors[p];
      for (int i = 0; i < count; i++) {
        double product = factor * part[i];
        sum[i] += product;
        size[i] += Math.abs(product);
      }
    }
    boolean isClean = true;
    for (int i = 0; i < count; i++) {
      double off = Math.abs(found[i] - sum[i]);
      if (!(off <= unit * (Math.abs(sum[i]) + 2 * size[i]) + least)) {
        isClean = false;
        tally.notFinite += Double.isFinite(off) ? 0 : 1;
        tally.bad(element + i, Double.isFinite(off) ? off : Double.MAX_VALUE, sum[i], found[i]);
      }
    }
    return isClean;
  }
}
