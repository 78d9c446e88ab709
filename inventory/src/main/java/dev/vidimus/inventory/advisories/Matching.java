package dev.vidimus.inventory.advisories;

import dev.vidimus.inventory.advisories.Advisory.Affected;
import dev.vidimus.inventory.advisories.Advisory.Event;
import dev.vidimus.inventory.advisories.Advisory.Range;
import dev.vidimus.inventory.version.Ecosystem;
import dev.vidimus.inventory.version.Scheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a record speaks of a version, by the [evaluation of
/// OSV](https://ossf.github.io/osv-schema/#evaluation).
public final class Matching {
  private Matching() {}

  /// What a record says of a version.
  public enum Answer {
    NO,
    /// The record lists or encloses this version.
    YES,
    /// It lists this version without the part that says where it was built.
    INFERRED
  }

  /// Asks a record about a version.
  ///
  /// @param name as packages give it
  /// @param version as packages give it
  public static Answer of(Advisory advisory, Ecosystem ecosystem, String name, String version) {
    return of(advisory.affected(), ecosystem, name, version);
  }

  /// Whether a record speaks of every version, so that nobody needs to know which one it is.
  static boolean isOfEvery(List<Affected> all, Ecosystem ecosystem, String name) {
    String wanted = ecosystem.normalized(name);
    for (Affected affected : all) {
      boolean isOfPackage =
          Ecosystem.of(affected.ecosystem()) == ecosystem
              && ecosystem.normalized(affected.name()).equals(wanted);
      if (isOfPackage
          && affected.ranges().stream().anyMatch(one -> counts(one, ecosystem) && isEndless(one))) {
        return true;
      }
    }
    return false;
  }

  /// From the first version, and never mended.
  private static boolean isEndless(Range range) {
    boolean begins = false;
    for (Event event : range.events()) {
      if (event.kind() != Event.Kind.INTRODUCED) {
        return false;
      }
      begins |= event.version().equals("0");
    }
    return begins;
  }

  static Answer of(List<Affected> all, Ecosystem ecosystem, String name, String version) {
    Answer answer = Answer.NO;
    String wanted = ecosystem.normalized(name);
    for (Affected affected : all) {
      boolean isOfPackage =
          Ecosystem.of(affected.ecosystem()) == ecosystem
              && ecosystem.normalized(affected.name()).equals(wanted);
      if (isOfPackage) {
        Answer one = of(affected, ecosystem, version);
        if (one == Answer.YES) {
          return one;
        }
        answer = one == Answer.INFERRED ? one : answer;
      }
    }
    return answer;
  }

  private static Answer of(Affected affected, Ecosystem ecosystem, String version) {
    Scheme<?> scheme = ecosystem.scheme();
    if (scheme == null) {
      return affected.versions().contains(version) ? Answer.YES : Answer.NO;
    }
    return of(affected, ecosystem, scheme, version);
  }

  private static <V extends Comparable<V>> Answer of(
      Affected affected, Ecosystem ecosystem, Scheme<V> scheme, String version) {
    V parsed = scheme.parse(version);
    if (parsed == null) {
      // Not in the order of the ecosystem: equal to itself, and to nothing else.
      return affected.versions().contains(version) ? Answer.YES : Answer.NO;
    }
    for (Range range : affected.ranges()) {
      if (counts(range, ecosystem) && holds(range, scheme, parsed)) {
        return Answer.YES;
      }
    }
    V bare = scheme.withoutBuild(parsed);
    Answer answer = Answer.NO;
    for (String listed : affected.versions()) {
      V one = listed.equals(version) ? parsed : scheme.parse(listed);
      if (one != null && one.compareTo(parsed) == 0) {
        return Answer.YES;
      }
      if (one != null && bare != null && one.compareTo(bare) == 0) {
        answer = Answer.INFERRED;
      }
    }
    return answer;
  }

  /// Ranges of commits say nothing of versions, and semantic versions nothing where versions are
  /// others.
  private static boolean counts(Range range, Ecosystem ecosystem) {
    return switch (range.kind()) {
      case "ECOSYSTEM" -> true;
      case "SEMVER" -> ecosystem != Ecosystem.PYPI && ecosystem != Ecosystem.MAVEN;
      default -> false;
    };
  }

  /// @param version null stands before every version
  private record Placed<V>(Event event, @Nullable V version) {}

  private static <V extends Comparable<V>> boolean holds(Range range, Scheme<V> scheme, V version) {
    List<Placed<V>> events = new ArrayList<>();
    boolean isLimited = false;
    boolean isBelowLimit = false;
    for (Event event : range.events()) {
      if (event.kind() == Event.Kind.LIMIT) {
        isLimited = true;
        V limit = scheme.parse(event.version());
        isBelowLimit |=
            event.version().equals("*") || (limit != null && version.compareTo(limit) < 0);
        continue;
      }
      V at = event.version().equals("0") ? null : scheme.parse(event.version());
      if (at != null || event.version().equals("0")) {
        events.add(new Placed<>(event, at));
      }
    }
    if (isLimited && !isBelowLimit) {
      return false;
    }
    events.sort(
        Comparator.comparing(Placed::version, Comparator.nullsFirst(Comparator.naturalOrder())));
    boolean isAffected = false;
    for (Placed<V> placed : events) {
      int order = placed.version() == null ? 1 : version.compareTo(placed.version());
      switch (placed.event().kind()) {
        case INTRODUCED -> isAffected |= order >= 0;
        case FIXED -> isAffected &= order < 0;
        case LAST_AFFECTED -> isAffected &= order <= 0;
        case LIMIT -> throw new IllegalStateException("limits are no places in the order");
      }
    }
    return isAffected;
  }
}
