package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a matrix changed, by the directions of some of its rows' changes: an edit by a product of
/// two thin matrices moves all rows in the same few directions, training does not. Rows are brought
/// to one length first, so that a single one that moved far is no direction of all.
///
/// @param share what the commonest direction explains, from 0 to 1
/// @param rank how many directions explain everything but rounding; 0 if those are not few, or
///     rounding hides it
record Spectrum(double share, int rank) {
  /// Edits of higher rank are not told from training.
  static final int MOST_RANK = 16;

  private static final int ROWS = 64;
  private static final int COLUMNS = 1 << 14;

  /// Directions of so few rows say nothing.
  private static final int LEAST_ROWS = 16;

  /// Rounding in the sum of squares is a little more in some rows; arithmetic adds the rest.
  private static final double MARGIN = 3;

  private static final double ARITHMETIC = 1e-9;

  /// Beyond that rounding itself may be what is seen.
  private static final double MOST_ROUNDING = 0.1;

  private static final int MOST_SWEEPS = 30;

  /// Looks at a matrix.
  ///
  /// @return null if so few rows moved, or there are so few, that nothing can be said
  static @Nullable Spectrum of(Tensor child, Tensor source) throws IOException {
    if (child.shape().rank() != 2 || child.columns() < ROWS || child.rows() < ROWS) {
      return null;
    }
    boolean areRead = CastRule.checks(child.type()) && CastRule.checks(source.type());
    if (!areRead || !child.shape().equals(source.shape())) {
      return null;
    }
    int columns = (int) Math.min(COLUMNS, child.columns());
    double unit = Rounding.unit(child.type());
    Decoder own = new Decoder(child);
    Decoder other = new Decoder(source);
    float[] is = new float[columns];
    float[] was = new float[columns];
    double[][] changes = new double[ROWS][];
    int moved = 0;
    double rounding = 0;
    for (int i = 0; i < ROWS; i++) {
      long row = child.rows() * i / ROWS;
      own.read(row * child.columns(), columns, is, 0);
      other.read(row * child.columns(), columns, was, 0);
      double[] change = new double[columns];
      double square = 0;
      double size = 0;
      for (int j = 0; j < columns; j++) {
        change[j] = (double) is[j] - was[j];
        square += change[j] * change[j];
        size += (double) is[j] * is[j];
      }
      if (square > 0 && Double.isFinite(square)) {
        double length = Math.sqrt(square);
        for (int j = 0; j < columns; j++) {
          change[j] /= length;
        }
        changes[moved++] = change;
        rounding += unit * unit * size / 3 / square;
      }
    }
    return moved < LEAST_ROWS ? null : of(Arrays.copyOf(changes, moved), rounding / moved);
  }

  private static Spectrum of(double[][] rows, double rounding) {
    double[] values = eigenvalues(products(rows));
    double share = values[values.length - 1] / rows.length;
    double rest = 1;
    double least = MARGIN * rounding + ARITHMETIC;
    for (int rank = 1; rank <= MOST_RANK && rank * 4 <= rows.length; rank++) {
      rest -= values[values.length - rank] / rows.length;
      if (rest <= least) {
        return new Spectrum(share, rounding > MOST_ROUNDING ? 0 : rank);
      }
    }
    return new Spectrum(share, 0);
  }

  private static double[][] products(double[][] rows) {
    int n = rows.length;
    double[][] products = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          sum += rows[i][k] * rows[j][k];
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  /// The eigenvalues of a symmetric matrix in order, by rotations (Jacobi); it is overwritten.
  private static double[] eigenvalues(double[][] a) {
    int n = a.length;
    for (int sweep = 0; sweep < MOST_SWEEPS && off(a) > 1e-24 * n; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, p, q);
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
    Arrays.sort(values);
    return values;
  }

  private static double off(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += a[i][j] * a[i][j];
      }
    }
    return sum;
  }

  private static void rotate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double c = 1 / Math.hypot(t, 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double left = a[k][p];
      double right = a[k][q];
      a[k][p] = c * left - s * right;
      a[k][q] = s * left + c * right;
    }
    for (int k = 0; k < a.length; k++) {
      double left = a[p][k];
      double right = a[q][k];
      a[p][k] = c * left - s * right;
      a[q][k] = s * left + c * right;
    }
  }
}
