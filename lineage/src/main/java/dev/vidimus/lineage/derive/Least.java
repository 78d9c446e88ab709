package dev.vidimus.lineage.derive;

/// Least squares with few unknowns.
final class Least {
  private Least() {}

  /// Solves normal equations by elimination with pivots.
  ///
  /// @param normal one row for each unknown, with the right side as its last column
  /// @return the unknowns; none if the equations do not determine them
  static double[] squares(double[][] normal) {
    int n = normal.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = normal[i].clone();
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
      }
      double[] swapped = a[pivot];
      a[pivot] = a[column];
      a[column] = swapped;
      double divisor = a[column][column];
      if (!(Math.abs(divisor) > 1e-9 * Math.abs(normal[column][column]))) {
        return new double[0];
      }
      for (int row = 0; row < n; row++) {
        double factor = row == column ? 0 : a[row][column] / divisor;
        for (int k = column; k <= n; k++) {
          a[row][k] -= factor * a[column][k];
        }
      }
    }
    double[] unknowns = new double[n];
    for (int i = 0; i < n; i++) {
      unknowns[i] = a[i][n] / a[i][i];
    }
    return unknowns;
  }
}
