package dev.vidimus.inventory.schema;

import java.math.BigDecimal;

/// Numbers of documents. An exponent of a billion is a short text and a long number.
final class Numbers {
  private static final int LARGEST_EXPONENT = 10_000;

  private Numbers() {}

  /// The number, or one as far from zero as is kept exactly, with its sign.
  static BigDecimal of(String digits) {
    BigDecimal number;
    try {
      number = new BigDecimal(digits);
    } catch (NumberFormatException e) {
      number = BigDecimal.ONE.scaleByPowerOfTen(LARGEST_EXPONENT); // an exponent beyond 32 bits
    }
    long exponent = (long) number.precision() - number.scale();
    if (Math.abs(exponent) <= LARGEST_EXPONENT) {
      return number;
    }
    return exponent < 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(number.signum()).scaleByPowerOfTen(LARGEST_EXPONENT);
  }
}
