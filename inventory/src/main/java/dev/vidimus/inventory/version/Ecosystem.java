package dev.vidimus.inventory.version;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where packages come from, and how names and versions are compared there.
public enum Ecosystem {
  PYPI("PyPI", "pypi", Pep440.SCHEME),
  NPM("npm", "npm", SemVer.SCHEME),
  MAVEN("Maven", "maven", MavenVersion.SCHEME),
  CARGO("crates.io", "cargo", SemVer.SCHEME),
  GO("Go", "golang", SemVer.SCHEME),
  CONDA("conda", "conda", null),
  GITHUB_ACTIONS("GitHub Actions", "githubactions", SemVer.SCHEME),
  /// Images; versions are tags or digests, which have no order.
  OCI("OCI", "oci", null),
  HELM("Helm", "helm", SemVer.SCHEME),
  HUGGING_FACE("Hugging Face", "huggingface", null),
  GENERIC("generic", "generic", null);

  private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

  private final String word;
  private final String purlType;
  private final @Nullable Scheme<?> scheme;

  Ecosystem(String word, String purlType, @Nullable Scheme<?> scheme) {
    this.word = word;
    this.purlType = purlType;
    this.scheme = scheme;
  }

  /// Its name in [OSV](https://ossf.github.io/osv-schema/#defined-ecosystems) where it has one.
  public String word() {
    return word;
  }

  /// Its type in a [package URL](https://github.com/package-url/purl-spec).
  public String purlType() {
    return purlType;
  }

  /// How versions are ordered; null if they have no order.
  public @Nullable Scheme<?> scheme() {
    return scheme;
  }

  /// The ecosystem that OSV calls so, or null. What follows a colon names a release of it.
  public static @Nullable Ecosystem of(String word) {
    int colon = word.indexOf(':');
    String name = colon < 0 ? word : word.substring(0, colon);
    for (Ecosystem one : values()) {
      if (one.word.equalsIgnoreCase(name)) {
        return one;
      }
    }
    return null;
  }

  /// The one spelling of a package's name, by which it is looked up.
  public String normalized(String name) {
    return switch (this) {
      case PYPI -> SEPARATORS.matcher(name.strip()).replaceAll("-").toLowerCase(Locale.ROOT);
      case CARGO -> name.strip().replace('_', '-').toLowerCase(Locale.ROOT);
      case GITHUB_ACTIONS -> name.strip().toLowerCase(Locale.ROOT);
      default -> name.strip();
    };
  }
}
