package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.util.Arrays;

/// A product of two thin matrices, row by row: `factor * left @ right`, where each may be stored
/// transposed. Memory: the right one as F32, and for a transposed left one that too; the caller
/// bounds them.
final class LowRank {
  private final int rank;
  private final int columns;
  private final float factor;
  private final float[] right;
  private final float[] coefficients;
  private final Decoder left;
  private final TensorType rounded;
  private final float[] wholeLeft;
  private final long rows;

  /// @param left rows by rank, or rank by rows if transposed
  /// @param right rank by columns, or columns by rank if transposed
  /// @param rounded the type to which both are rounded first; their own if that is no narrower
  LowRank(
      Tensor left,
      boolean leftTransposed,
      Tensor right,
      boolean rightTransposed,
      double factor,
      TensorType rounded)
      throws IOException {
    this.rank = (int) (leftTransposed ? left.shape().dimension(0) : width(left));
    this.rows = leftTransposed ? width(left) : left.shape().dimension(0);
    this.columns = (int) (rightTransposed ? right.shape().dimension(0) : width(right));
    this.factor = (float) factor;
    this.left = new Decoder(left);
    this.rounded = rounded;
    float[] stored = new float[rank * columns];
    new Decoder(right).read(0, stored.length, stored, 0);
    round(stored);
    this.right = rightTransposed ? transposed(stored, columns, rank) : stored;
    if (leftTransposed) {
      float[] all = new float[(int) left.elements()];
      this.left.read(0, all.length, all, 0);
      round(all);
      this.wholeLeft = transposed(all, rank, (int) rows);
    } else {
      this.wholeLeft = new float[0];
    }
    this.coefficients = new float[rank];
  }

  /// Everything but the first dimension, so that the kernels of a convolution count as columns.
  static long width(Tensor tensor) {
    long first = tensor.shape().dimension(0);
    return first == 0 ? 0 : tensor.elements() / first;
  }

  private void round(float[] values) {
    if (rounded == TensorType.BF16 || rounded == TensorType.F16) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Rounding.through(values[i], rounded);
      }
    }
  }

  private static float[] transposed(float[] from, int rows, int columns) {
    float[] to = new float[from.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[i * columns + j];
      }
    }
    return to;
  }

  /// Writes a row of the product.
  void row(long row, float[] into, int at) throws IOException {
    coefficients(row);
    Arrays.fill(into, at, at + columns, 0);
    int k = 0;
    for (; k + 3 < rank; k += 4) {
      four(k, into, at);
    }
    for (; k < rank; k++) {
      float c = coefficients[k];
      int from = k * columns;
      for (int j = 0; j < columns; j++) {
        into[at + j] += c * right[from + j];
      }
    }
    for (int j = 0; j < columns; j++) {
      into[at + j] *= factor;
    }
  }

  private void four(int k, float[] into, int at) {
    float a = coefficients[k];
    float b = coefficients[k + 1];
    float c = coefficients[k + 2];
    float d = coefficients[k + 3];
    int first = k * columns;
    int second = first + columns;
    int third = second + columns;
    int fourth = third + columns;
    float[] from = right;
    for (int j = 0; j < columns; j++) {
      into[at + j] +=
          a * from[first + j] + b * from[second + j] + c * from[third + j] + d * from[fourth + j];
    }
  }

  private void coefficients(long row) throws IOException {
    if (wholeLeft.length > 0) {
      System.arraycopy(wholeLeft, (int) (row * rank), coefficients, 0, rank);
    } else {
      left.read(row * rank, rank, coefficients, 0);
      round(coefficients);
    }
  }

  /// The sum of the sizes of all products in an element: what bounds the rounding of their sum.
  double size(long row, int column) throws IOException {
    coefficients(row);
    double sum = 0;
    for (int k = 0; k < rank; k++) {
      sum += Math.abs((double) coefficients[k] * right[k * columns + column]);
    }
    return Math.abs(factor) * sum;
  }

  int rank() {
    return rank;
  }
}
