package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.List;

/// Each value is the base's plus some of the parents' differences from it, times fixed factors: the
/// merges `ties` (the largest differences, and of those the ones of the prevailing sign) and `dare`
/// (a random choice).
///
/// Which differences are taken follows from their size, except near the limit and where the
/// differences nearly cancel, since there it depends on how the tool rounded: then either will do.
/// Of a random choice every outcome will do.
final class SubsetRule implements Rule {
  private static final double NEARLY_CANCELLED = 0x1p-6;

  private final Tensor base;
  private final List<Tensor> parents;
  private final double[] factors;
  private final double[] below;
  private final double[] above;
  private final boolean agree;
  private final boolean normalize;
  private final double lambda;
  private final double unit;

  /// @param below sizes of differences that are surely dropped, one for each parent
  /// @param above sizes of differences that are surely taken
  /// @param agree whether only differences of the prevailing sign count
  /// @param normalize whether the sum is divided by the factors that went into it
  SubsetRule(
      Tensor child,
      Tensor base,
      List<Tensor> parents,
      double[] factors,
      double[] below,
      double[] above,
      boolean agree,
      boolean normalize,
      double lambda) {
    this.base = base;
    this.parents = List.copyOf(parents);
    this.factors = factors.clone();
    this.below = below.clone();
    this.above = above.clone();
    this.agree = agree;
    this.normalize = normalize;
    this.lambda = lambda;
    double coarsest = Math.max(Rounding.unit(child.type()), Rounding.unit(base.type()));
    for (Tensor parent : parents) {
      coarsest = Math.max(coarsest, Rounding.unit(parent.type()));
    }
    this.unit = coarsest;
  }

  @Override
  public int unit(Job job) {
    return 1;
  }

  @Override
  public Check open(Job job) {
    return new Choice(job.child());
  }

  private final class Choice implements Check {
    private final Decoder own;
    private final Decoder from;
    private final List<Decoder> others;
    private final double least;
    private final double[] delta = new double[parents.size()];

    Choice(Tensor child) {
      this.own = new Decoder(child);
      this.from = new Decoder(base);
      this.others = parents.stream().map(Decoder::new).toList();
      this.least = 2 * Rounding.least(child.type());
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      float[] found = new float[count];
      float[] was = new float[count];
      float[][] is = new float[others.size()][count];
      own.read(element, count, found, 0);
      from.read(element, count, was, 0);
      for (int p = 0; p < is.length; p++) {
        others.get(p).read(element, count, is[p], 0);
      }
      boolean isClean = true;
      for (int i = 0; i < count; i++) {
        for (int p = 0; p < is.length; p++) {
          delta[p] = (double) is[p][i] - was[i];
        }
        double off = off(found[i], was[i]);
        if (!(off <= 0)) {
          isClean = false;
          tally.notFinite += Double.isFinite(off) ? 0 : 1;
          tally.bad(element + i, Double.isFinite(off) ? off : Double.MAX_VALUE, was[i], found[i]);
        }
      }
      return isClean;
    }

    /// How far the value is outside the tolerance of the nearest choice; at most 0 if it is inside.
    private double off(double found, double was) {
      int free = 0;
      int taken = 0;
      for (int p = 0; p < delta.length; p++) {
        double size = Math.abs(delta[p]);
        taken |= size > above[p] ? 1 << p : 0;
        free |= size > above[p] || size < below[p] ? 0 : 1 << p;
      }
      double best = Double.POSITIVE_INFINITY;
      // Every subset of what may be either way.
      for (int some = free; ; some = (some - 1) & free) {
        best = Math.min(best, off(found, was, taken | some));
        if (some == 0) {
          return best;
        }
      }
    }

    private double off(double found, double was, int chosen) {
      if (!agree) {
        return off(found, was, chosen, 0);
      }
      double sum = 0;
      double size = 0;
      for (int p = 0; p < delta.length; p++) {
        if ((chosen & (1 << p)) != 0) {
          sum += factors[p] * delta[p];
          size += Math.abs(factors[p] * delta[p]);
        }
      }
      boolean isClear = Math.abs(sum) > NEARLY_CANCELLED * size;
      double best = off(found, was, chosen, sum >= 0 ? 1 : -1);
      return isClear ? best : Math.min(best, off(found, was, chosen, sum >= 0 ? -1 : 1));
    }

    private double off(double found, double was, int chosen, int sign) {
      double sum = 0;
      double size = 0;
      double divisor = 0;
      for (int p = 0; p < delta.length; p++) {
        double part = factors[p] * delta[p];
        if ((chosen & (1 << p)) != 0 && (sign == 0 || part * sign > 0)) {
          sum += part;
          size += Math.abs(part) + Math.abs(factors[p] * was);
          divisor += factors[p];
        }
      }
      double by = normalize && Math.abs(divisor) > 1e-8 ? lambda / divisor : lambda;
      double wanted = was + by * sum;
      double tolerance = unit * (Math.abs(wanted) + Math.abs(was) + 2 * Math.abs(by) * size);
      return Math.abs(found - wanted) - tolerance - least;
    }
  }
}
