package dev.vidimus.formats.tensor;

import java.util.Arrays;
import java.util.StringJoiner;

/// The dimensions of a tensor as a file declares them, outermost first unless the format says
/// otherwise; unsigned 64-bit numbers that need not make sense.
public final class Shape {
  /// No dimensions: a single number.
  public static final Shape SCALAR = new Shape(new long[0]);

  private final long[] dimensions;

  private Shape(long[] dimensions) {
    this.dimensions = dimensions;
  }

  /// A shape of these dimensions.
  ///
  /// @param dimensions copied; unsigned
  public static Shape of(long... dimensions) {
    return dimensions.length == 0 ? SCALAR : new Shape(dimensions.clone());
  }

  /// The number of dimensions.
  public int rank() {
    return dimensions.length;
  }

  /// A dimension, unsigned.
  ///
  /// @param index zero-based, below [#rank()]
  public long dimension(int index) {
    return dimensions[index];
  }

  /// The product of the dimensions, unsigned.
  ///
  /// @throws ArithmeticException if it does not fit 64 bits at some step from the left, where the
  ///     loaders stop too; a zero to the right does not mend that
  public long elements() {
    long product = 1;
    for (long dimension : dimensions) {
      product = multiplied(product, dimension);
    }
    return product;
  }

  /// Multiplies unsigned numbers.
  ///
  /// @throws ArithmeticException if the product does not fit 64 bits
  public static long multiplied(long a, long b) {
    if (Math.unsignedMultiplyHigh(a, b) != 0) {
      throw new ArithmeticException(
          Long.toUnsignedString(a) + " times " + Long.toUnsignedString(b) + " exceeds 64 bits");
    }
    return a * b;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /// As people write it: `[2, 3]`.
  @Override
  public String toString() {
    StringJoiner joined = new StringJoiner(", ", "[", "]");
    for (long dimension : dimensions) {
      joined.add(Long.toUnsignedString(dimension));
    }
    return joined.toString();
  }
}
