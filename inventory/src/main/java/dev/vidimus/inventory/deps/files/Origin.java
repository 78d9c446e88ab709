package dev.vidimus.inventory.deps.files;

import java.util.Locale;

/// Where a package comes from.
///
/// @param kind of place
/// @param address of an index, a repository or a file, without credentials; empty for the usual
///     index
/// @param reference a commit, branch or tag; empty if there is none
public record Origin(Kind kind, String address, String reference) {
  public Origin {
    address = Address.shown(address);
  }

  /// The index that a tool asks unless it is told otherwise.
  public static final Origin USUAL = new Origin(Kind.INDEX, "", "");

  /// Kinds of places.
  public enum Kind {
    INDEX,
    VCS,
    URL,
    PATH;

    /// As it is printed.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// An index by its address.
  public static Origin index(String address) {
    return new Origin(Kind.INDEX, address, "");
  }

  /// A file or repository, by an address as pip and npm write them: `git+https://…@rev#egg=name`.
  public static Origin of(String address) {
    int plus = address.indexOf('+');
    int colon = address.indexOf(':');
    boolean isVcs = (plus > 0 && plus < colon) || address.startsWith("git:") || isScp(address);
    if (!isVcs) {
      boolean isPath = colon < 2 || address.startsWith("file:");
      return new Origin(isPath ? Kind.PATH : Kind.URL, address, "");
    }
    int hash = address.indexOf('#');
    String fragment = hash < 0 ? "" : address.substring(hash + 1);
    String base = hash < 0 ? address : address.substring(0, hash);
    int slash = base.lastIndexOf('/');
    int at = base.indexOf('@', Math.max(slash, 0));
    if (at >= 0) {
      return new Origin(Kind.VCS, base.substring(0, at), base.substring(at + 1));
    }
    boolean isReference = !fragment.isEmpty() && !fragment.contains("=");
    return new Origin(Kind.VCS, base, isReference ? fragment : "");
  }

  private static boolean isScp(String address) {
    return address.startsWith("git@");
  }

  /// Whether what lies there cannot change: a commit by its whole hash.
  public boolean isFixed() {
    return reference.length() >= 40 && reference.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  @Override
  public String toString() {
    return reference.isEmpty() ? address : address + "@" + reference;
  }
}
