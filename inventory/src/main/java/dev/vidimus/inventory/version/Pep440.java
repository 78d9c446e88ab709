package dev.vidimus.inventory.version;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version of a Python package, by the [version
/// specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) that PEP
/// 440 became. Equal are versions that differ in spelling only: `1.0` and `v1.0.0`.
public final class Pep440 implements Comparable<Pep440> {
  /// Reads and orders them.
  public static final Scheme<Pep440> SCHEME =
      new Scheme<>() {
        @Override
        public @Nullable Pep440 parse(String text) {
          return Pep440.parse(text);
        }

        @Override
        public @Nullable Pep440 withoutBuild(Pep440 version) {
          return version.local.isEmpty() ? null : version.publicPart();
        }
      };

  private static final Pattern FORM =
      Pattern.compile(
          "v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
              + "(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preN>[0-9]+)?)?"
              + "(?<post>-(?<postN1>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postN2>[0-9]+)?)?"
              + "(?<dev>[-_.]?dev[-_.]?(?<devN>[0-9]+)?)?"
              + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  private final BigInteger epoch;

  /// Without zeros at the end.
  private final List<BigInteger> release;

  private final Phase phase;
  private final BigInteger preNumber;

  /// -1 if it is no post release.
  private final BigInteger post;

  /// Null if it is no development release: those come before all others.
  private final @Nullable BigInteger dev;

  private final List<String> local;

  /// Where a version stands before its release.
  private enum Phase {
    /// A development release of no other phase comes before them all.
    DEV_ONLY,
    ALPHA,
    BETA,
    CANDIDATE,
    FINAL
  }

  private Pep440(
      BigInteger epoch,
      List<BigInteger> release,
      Phase phase,
      BigInteger preNumber,
      BigInteger post,
      @Nullable BigInteger dev,
      List<String> local) {
    this.epoch = epoch;
    this.release = release;
    this.phase = phase;
    this.preNumber = preNumber;
    this.post = post;
    this.dev = dev;
    this.local = local;
  }

  /// Reads a version, or returns null if the text is none.
  public static @Nullable Pep440 parse(String text) {
    if (text.length() > Scheme.LONGEST) {
      return null;
    }
    List<BigInteger> numbers = Numbers.of(text);
    if (!numbers.isEmpty()) {
      return new Pep440(
          BigInteger.ZERO,
          numbers,
          Phase.FINAL,
          BigInteger.ZERO,
          BigInteger.ONE.negate(),
          null,
          List.of());
    }
    Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return null;
    }
    boolean isPost = parts.group("post") != null;
    BigInteger dev = parts.group("dev") == null ? null : number(parts.group("devN"));
    String postNumber =
        parts.group("postN1") == null ? parts.group("postN2") : parts.group("postN1");
    String local = parts.group("local");
    return new Pep440(
        number(parts.group("epoch")),
        Numbers.exact(parts.group("release")),
        phase(parts.group("pre"), isPost, dev != null),
        number(parts.group("preN")),
        isPost ? number(postNumber) : BigInteger.ONE.negate(),
        dev,
        local == null ? List.of() : List.of(local.split("[-_.]", -1)));
  }

  private static BigInteger number(@Nullable String digits) {
    return digits == null ? BigInteger.ZERO : new BigInteger(digits);
  }

  private static Phase phase(@Nullable String word, boolean isPost, boolean isDev) {
    if (word == null) {
      return isDev && !isPost ? Phase.DEV_ONLY : Phase.FINAL;
    }
    return switch (word) {
      case "a", "alpha" -> Phase.ALPHA;
      case "b", "beta" -> Phase.BETA;
      default -> Phase.CANDIDATE;
    };
  }

  private Pep440 publicPart() {
    return new Pep440(epoch, release, phase, preNumber, post, dev, List.of());
  }

  @Override
  public int compareTo(Pep440 other) {
    int result = epoch.compareTo(other.epoch);
    if (result == 0) {
      result = compare(release, other.release);
    }
    if (result == 0) {
      result = phase.compareTo(other.phase);
    }
    if (result == 0) {
      result = preNumber.compareTo(other.preNumber);
    }
    if (result == 0) {
      result = post.compareTo(other.post);
    }
    if (result == 0) {
      result = compareDev(dev, other.dev);
    }
    return result == 0 ? compareLocal(local, other.local) : result;
  }

  private static int compare(List<BigInteger> left, List<BigInteger> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int result = left.get(i).compareTo(right.get(i));
      if (result != 0) {
        return result;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compareDev(@Nullable BigInteger left, @Nullable BigInteger right) {
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return left.compareTo(right);
  }

  /// Numbers come above texts, and more parts above fewer.
  private static int compareLocal(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      String one = left.get(i);
      String two = right.get(i);
      boolean oneIsNumber = isNumber(one);
      int result =
          oneIsNumber && isNumber(two)
              ? new BigInteger(one).compareTo(new BigInteger(two))
              : oneIsNumber || isNumber(two)
                  ? Boolean.compare(oneIsNumber, isNumber(two))
                  : one.compareTo(two);
      if (result != 0) {
        return result;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pep440 version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * epoch.hashCode() + release.hashCode();
  }
}
