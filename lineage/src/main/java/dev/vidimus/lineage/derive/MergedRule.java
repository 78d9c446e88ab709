package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Each value is that of the base plus that of a low-rank product, within what the roundings of the
/// tools allow: of the product to the type of the base, and of the sum; once or twice.
///
/// With a magnitude (DoRA) each row is then scaled to it.
final class MergedRule implements Rule {
  private static final double SUM_ROUNDING = 0x1p-23;

  private final Tensor left;
  private final boolean leftTransposed;
  private final Tensor right;
  private final boolean rightTransposed;
  private final double factor;
  private final @Nullable Tensor magnitude;
  private final TensorType rounded;
  private final double unit;
  private final double least;

  MergedRule(
      Tensor child,
      TensorType base,
      Tensor left,
      boolean leftTransposed,
      Tensor right,
      boolean rightTransposed,
      double factor,
      @Nullable Tensor magnitude,
      TensorType rounded) {
    this(
        Math.max(Rounding.unit(child.type()), Rounding.unit(base)),
        2 * Math.max(Rounding.least(child.type()), Rounding.least(base)),
        left,
        leftTransposed,
        right,
        rightTransposed,
        factor,
        magnitude,
        rounded);
  }

  /// The same with the thin matrices rounded first, as tools do that load an adapter in the type of
  /// its base.
  MergedRule rounded(TensorType type) {
    return new MergedRule(
        unit, least, left, leftTransposed, right, rightTransposed, factor, magnitude, type);
  }

  private MergedRule(
      double unit,
      double least,
      Tensor left,
      boolean leftTransposed,
      Tensor right,
      boolean rightTransposed,
      double factor,
      @Nullable Tensor magnitude,
      TensorType rounded) {
    this.unit = unit;
    this.least = least;
    this.left = left;
    this.leftTransposed = leftTransposed;
    this.right = right;
    this.rightTransposed = rightTransposed;
    this.factor = factor;
    this.magnitude = magnitude;
    this.rounded = rounded;
  }

  @Override
  public int unit(Job job) {
    return (int) Math.max(1, LowRank.width(job.child()));
  }

  @Override
  public Check open(Job job) {
    try {
      return new Sum(
          job.child(), new LowRank(left, leftTransposed, right, rightTransposed, factor, rounded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Sum implements Check {
    private final Decoder own;
    private final LowRank product;
    private final int columns;
    private final float @Nullable [] magnitudes;
    private final float[] found;
    private final float[] delta;

    Sum(Tensor child, LowRank product) throws IOException {
      this.own = new Decoder(child);
      this.product = product;
      this.columns = (int) LowRank.width(child);
      this.found = new float[columns];
      this.delta = new float[columns];
      Tensor lengths = magnitude;
      if (lengths == null) {
        this.magnitudes = null;
      } else {
        float[] all = new float[(int) lengths.elements()];
        new Decoder(lengths).read(0, all.length, all, 0);
        this.magnitudes = all;
      }
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      boolean isClean = true;
      for (int from = 0; from < count; from += columns) {
        long row = (element + from) / columns;
        own.read(element + from, columns, found, 0);
        product.row(row, delta, 0);
        double scale = scale(row, expected, from);
        if (scale != 1 || outside(expected, from) > 0) {
          isClean &= slowly(row, element + from, expected, from, scale, tally);
        }
      }
      return isClean;
    }

    /// How many values are not within the plain tolerance; without the rounding inside the product.
    private int outside(float[] base, int from) {
      float u = (float) (unit * (1 - 0x1p-20));
      int outside = 0;
      for (int j = 0; j < columns; j++) {
        float sum = base[from + j] + delta[j];
        float off = Math.abs(found[j] - sum);
        float tolerance = u * (Math.abs(sum) + 2 * Math.abs(delta[j]));
        outside += off <= tolerance ? 0 : 1;
      }
      return outside;
    }

    private double scale(long row, float[] base, int from) {
      float[] all = magnitudes;
      if (all == null) {
        return 1;
      }
      double squares = 0;
      for (int j = 0; j < columns; j++) {
        double sum = (double) base[from + j] + delta[j];
        squares += sum * sum;
      }
      return all[(int) row] / Math.sqrt(squares);
    }

    private boolean slowly(
        long row, long element, float[] base, int from, double scale, Tally tally)
        throws IOException {
      boolean isClean = true;
      double roundings = magnitudes == null ? 1 : 4;
      for (int j = 0; j < columns; j++) {
        double change = delta[j];
        double sum = (base[from + j] + change) * scale;
        double off = Math.abs(found[j] - sum);
        double tolerance =
            unit * (roundings * Math.abs(sum) + 2 * Math.abs(change * scale))
                + (magnitudes == null ? 0 : 0x1p-20 * Math.abs(sum))
                + least;
        if (!(off <= tolerance)) {
          tolerance += product.rank() * SUM_ROUNDING * Math.abs(scale) * product.size(row, j);
        }
        if (!(off <= tolerance)) {
          isClean = false;
          tally.notFinite += Double.isFinite(off) ? 0 : 1;
          tally.bad(element + j, Double.isFinite(off) ? off : Double.MAX_VALUE, sum, found[j]);
        }
      }
      if (!isClean) {
        account(base, from, tally);
      }
      return isClean;
    }

    /// Sums for telling what was merged instead: of the change as it is, and as it ought to be.
    private void account(float[] base, int from, Tally tally) {
      for (int j = 0; j < columns; j++) {
        double moved = (double) found[j] - base[from + j];
        tally.sumXx += (double) delta[j] * delta[j];
        tally.sumYy += moved * moved;
        tally.sumXy += moved * delta[j];
        double rounding = unit * Math.abs(found[j]);
        tally.sumDd += rounding * rounding / 3;
      }
    }
  }
}
