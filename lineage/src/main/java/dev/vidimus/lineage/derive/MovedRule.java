package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;

/// Measures how far a tensor moved from its source, as a whole and row by row. It refuses nothing:
/// training may change every value.
final class MovedRule implements Rule {
  private final float[] rows;
  private final float[] before;
  private final int columns;

  /// @param rows how many rows there are, 0 if nobody looks at single ones
  /// @param columns values of a row
  MovedRule(int rows, int columns) {
    this.rows = new float[rows];
    this.before = new float[rows];
    this.columns = columns;
  }

  /// How far each row moved (Euclidean).
  float[] moved() {
    return rows.clone();
  }

  /// How long each row was before.
  float[] before() {
    return before.clone();
  }

  @Override
  public int unit(Job job) {
    return 1;
  }

  @Override
  public Check open(Job job) {
    return new Difference(job.child());
  }

  private final class Difference implements Check {
    private final Tensor child;
    private final Decoder decoder;
    private float[] values = {};

    Difference(Tensor child) {
      this.child = child;
      this.decoder = new Decoder(child);
    }

    @Override
    public boolean range(long element, int count, float[] expected, Tally tally)
        throws IOException {
      values = values.length < count ? new float[count] : values;
      decoder.read(element, count, values, 0);
      int width = rows.length == 0 ? count : Math.min(columns, count);
      for (int from = 0; from < count; from += width) {
        int to = Math.min(from + width, count);
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        double dd = 0;
        for (int i = from; i < to; i++) {
          double was = expected[i];
          double is = values[i];
          x += was;
          y += is;
          xx += was * was;
          yy += is * is;
          xy += was * is;
          dd += (is - was) * (is - was);
        }
        tally.sumX += x;
        tally.sumY += y;
        tally.sumXx += xx;
        tally.sumYy += yy;
        tally.sumXy += xy;
        tally.sumDd += dd;
        if (!Double.isFinite(dd)) {
          tally.notFinite++;
        }
        if (rows.length > 0) {
          int row = (int) ((element + from) / columns);
          rows[row] = (float) Math.sqrt(dd);
          before[row] = (float) Math.sqrt(xx);
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return "difference of " + child.name();
    }
  }
}
