package dev.vidimus.evidence.sigstore;

import java.util.regex.Pattern;

/// Which names of a certificate are the one that the caller means.
public sealed interface ExpectedIdentity {
  /// Whether a name is.
  boolean matches(String name);

  /// This name, character by character.
  record Exactly(String name) implements ExpectedIdentity {
    @Override
    public boolean matches(String other) {
      return name.equals(other);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// Any name that the whole pattern matches, from its first character to its last. Only on
  /// request: a pattern that forgets to escape a dot trusts more people than its author thinks.
  record Matching(Pattern pattern) implements ExpectedIdentity {
    /// Longer names are not matched: the matcher's stack grows with them.
    private static final int LONGEST = 1024;

    @Override
    public boolean matches(String name) {
      return name.length() <= LONGEST && pattern.matcher(name).matches();
    }

    @Override
    public String toString() {
      return "/" + pattern + "/";
    }
  }
}
