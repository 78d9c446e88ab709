package dev.vidimus.lineage.derive;

import dev.vidimus.formats.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// What a sweep found in one tensor; parts of a tensor are counted apart and added up in order, so
/// that the sum does not depend on which thread was faster.
final class Tally {
  long checked;
  long bad;
  long rows;
  long badRows;
  long notFinite;

  /// The first value out of tolerance, and the one that is furthest out of it.
  long firstBad = -1;

  long worst = -1;
  double worstBy;
  double expected;
  double found;

  /// Blocks of a quantized tensor: how many, how many needed the quantizer's full search, how many
  /// waste accuracy, and the worst waste as a ratio.
  long blocks;

  long searched;
  long wasteful;
  double worstRatio;

  /// Sums over the blocks that were searched: their energy, and that of the search.
  double energy;

  double reference;

  /// Sums over values `x` that were expected (or added) and `y` that were found (or moved).
  double sumX;

  double sumY;
  double sumXx;
  double sumYy;
  double sumXy;

  /// Sum of the squared differences, or of what rounding may explain.
  double sumDd;

  /// Counts a value out of tolerance.
  ///
  /// @param by how far, in any measure that is the same for the whole tensor
  void bad(long element, double by, double expected, double found) {
    bad++;
    if (firstBad < 0 || element < firstBad) {
      firstBad = element;
    }
    if (worst < 0 || by > worstBy) {
      worst = element;
      worstBy = by;
      this.expected = expected;
      this.found = found;
    }
  }

  Tally plus(Tally more) {
    checked += more.checked;
    bad += more.bad;
    rows += more.rows;
    badRows += more.badRows;
    notFinite += more.notFinite;
    if (firstBad < 0 || (more.firstBad >= 0 && more.firstBad < firstBad)) {
      firstBad = more.firstBad;
    }
    if (more.worst >= 0 && (worst < 0 || more.worstBy > worstBy)) {
      worst = more.worst;
      worstBy = more.worstBy;
      expected = more.expected;
      found = more.found;
    }
    blocks += more.blocks;
    searched += more.searched;
    wasteful += more.wasteful;
    worstRatio = Math.max(worstRatio, more.worstRatio);
    energy += more.energy;
    reference += more.reference;
    sumX += more.sumX;
    sumY += more.sumY;
    sumXx += more.sumXx;
    sumYy += more.sumYy;
    sumXy += more.sumXy;
    sumDd += more.sumDd;
    return this;
  }

  boolean isClean() {
    return bad == 0 && notFinite == 0;
  }

  /// Whether so many rows are touched that nobody edited them one by one.
  boolean isWidespread() {
    return badRows * 4 >= rows;
  }

  TensorNote.@Nullable Worst worst(Shape shape) {
    return worst < 0 ? null : new TensorNote.Worst(index(worst, shape), expected, found);
  }

  /// The index of an element: `[9,33]`.
  static String index(long element, Shape shape) {
    StringBuilder text = new StringBuilder("]");
    long rest = element;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      long dimension = Math.max(1, shape.dimension(i));
      text.insert(0, rest % dimension);
      text.insert(0, i > 0 ? "," : "");
      rest /= dimension;
    }
    return text.insert(0, "[").toString();
  }
}
