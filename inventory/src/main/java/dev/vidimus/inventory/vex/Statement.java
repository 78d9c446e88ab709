package dev.vidimus.inventory.vex;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody says of a vulnerability in some packages.
///
/// @param ids of the vulnerability, and its aliases
/// @param packages their package URLs; empty if it speaks of whatever has the vulnerability
/// @param state what is said
/// @param reason why, in the words of the format or its author; empty if none is given
/// @param at when it was said; null if it does not say
/// @param expires from when on it does not count; null if it does not say
/// @param source the document
public record Statement(
    Set<String> ids,
    List<String> packages,
    State state,
    String reason,
    @Nullable Instant at,
    @Nullable Instant expires,
    String source) {
  public Statement {
    ids = Set.copyOf(ids);
    packages = List.copyOf(packages);
  }

  /// What may be said. The later ones matter more.
  public enum State {
    NOT_AFFECTED("not affected"),
    FIXED("fixed"),
    UNDER_INVESTIGATION("under investigation"),
    AFFECTED("affected");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /// As findings have it.
    public String words() {
      return words;
    }
  }

  /// Whether it speaks of a vulnerability in a package.
  ///
  /// @param others ids of the vulnerability
  /// @param purl of the package with its version
  boolean speaksOf(Set<String> others, String purl) {
    return others.stream().anyMatch(ids::contains)
        && (packages.isEmpty() || packages.stream().anyMatch(one -> holds(one, purl)));
  }

  /// Whether a package URL is meant by one that may leave the version open.
  private static boolean holds(String wide, String purl) {
    String one = bare(wide);
    String other = bare(purl);
    int at = other.lastIndexOf('@');
    boolean hasVersion = one.lastIndexOf('@') > one.lastIndexOf('/');
    return one.equalsIgnoreCase(
        hasVersion || at < other.lastIndexOf('/') ? other : other.substring(0, at));
  }

  private static String bare(String purl) {
    String text = purl.replace("%40", "@");
    int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
    int hash = text.indexOf('#') < 0 ? end : Math.min(end, text.indexOf('#'));
    return text.substring(0, hash);
  }

  /// Why it does not count; empty if it does.
  ///
  /// @param oldest how long statements count that say when they were made
  public String flaw(Instant now, Duration oldest) {
    if (state == State.NOT_AFFECTED && reason.isEmpty()) {
      return "gives no justification";
    }
    if (expires != null && !now.isBefore(expires)) {
      return "expired on " + expires.toString().substring(0, 10);
    }
    if (at != null && at.isBefore(now.minus(oldest))) {
      return "is of " + at.toString().substring(0, 10) + ", which is too old";
    }
    return "";
  }

  /// Whether it says that the vulnerability does not matter here.
  public boolean settles() {
    return switch (state) {
      case NOT_AFFECTED, FIXED -> true;
      case UNDER_INVESTIGATION, AFFECTED -> false;
    };
  }
}
