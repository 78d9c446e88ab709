package dev.vidimus.inventory.version;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version by [Semantic Versioning 2.0.0](https://semver.org/spec/v2.0.0.html), as npm, Cargo and
/// Go use it. A leading `v` and fewer or more than three numbers are accepted, as registries hold
/// such; the build part counts for nothing.
public final class SemVer implements Comparable<SemVer> {
  /// Reads and orders them.
  public static final Scheme<SemVer> SCHEME = SemVer::parse;

  private static final Pattern FORM =
      Pattern.compile("[vV]?([0-9]+(?:\\.[0-9]+)*)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

  /// Without zeros at the end.
  private final List<BigInteger> core;

  /// Empty for a release.
  private final List<String> preRelease;

  private SemVer(List<BigInteger> core, List<String> preRelease) {
    this.core = core;
    this.preRelease = preRelease;
  }

  /// Reads a version, or returns null if the text is none.
  public static @Nullable SemVer parse(String text) {
    if (text.length() > Scheme.LONGEST) {
      return null;
    }
    List<BigInteger> numbers = Numbers.of(text);
    if (!numbers.isEmpty()) {
      return new SemVer(numbers, List.of());
    }
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      return null;
    }
    String pre = parts.group(2);
    return new SemVer(
        Numbers.exact(parts.group(1)), pre == null ? List.of() : List.of(pre.split("\\.", -1)));
  }

  /// By section 11 of the specification.
  @Override
  public int compareTo(SemVer other) {
    for (int i = 0; i < Math.max(core.size(), other.core.size()); i++) {
      int result = number(core, i).compareTo(number(other.core, i));
      if (result != 0) {
        return result;
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int result = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
      if (result != 0) {
        return result;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static BigInteger number(List<BigInteger> core, int index) {
    return index < core.size() ? core.get(index) : BigInteger.ZERO;
  }

  private static int compareIdentifiers(String left, String right) {
    boolean leftIsNumber = isNumber(left);
    boolean rightIsNumber = isNumber(right);
    if (leftIsNumber && rightIsNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftIsNumber == rightIsNumber
        ? left.compareTo(right)
        : Boolean.compare(rightIsNumber, leftIsNumber);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SemVer version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return core.hashCode() * 31 + preRelease.hashCode();
  }
}
