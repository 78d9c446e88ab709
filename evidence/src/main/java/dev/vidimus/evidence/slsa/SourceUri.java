package dev.vidimus.evidence.slsa;

/// A repository, and perhaps which version of it.
///
/// @param repository without the prefix `git+`, which not every builder writes
/// @param ref `refs/tags/v1.0`; empty if none is said
record SourceUri(String repository, String ref) {
  private static final String GIT = "git+";
  private static final String REFS = "@refs/";

  /// @param uri as SPDX writes it, `git+https://github.com/org/name@refs/heads/main`, or `@` and a
  /// ref
  static SourceUri of(String uri) {
    String text = uri.startsWith(GIT) ? uri.substring(GIT.length()) : uri;
    int at = text.startsWith("@") ? 0 : text.indexOf(REFS);
    if (at < 0) {
      // An @ before the last slash belongs to a user's name, as in ssh://git@host/path.
      int last = text.lastIndexOf('@');
      at = last > text.lastIndexOf('/') ? last : -1;
    }
    return at < 0
        ? new SourceUri(text, "")
        : new SourceUri(text.substring(0, at), text.substring(at + 1));
  }

  @Override
  public String toString() {
    return ref.isEmpty() ? repository : repository + "@" + ref;
  }
}
