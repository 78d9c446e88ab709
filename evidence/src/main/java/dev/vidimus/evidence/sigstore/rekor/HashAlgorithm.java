package dev.vidimus.evidence.sigstore.rekor;

import org.jspecify.annotations.Nullable;

/// The hashes of Sigstore, each by its names: `SHA2_256` in bundles and in version 2 of the log,
/// `sha256` in version 1, `SHA-256` in the JDK.
public enum HashAlgorithm {
  SHA2_256("sha256", "SHA-256"),
  SHA2_384("sha384", "SHA-384"),
  SHA2_512("sha512", "SHA-512");

  private final String word;
  private final String jdkName;

  HashAlgorithm(String word, String jdkName) {
    this.word = word;
    this.jdkName = jdkName;
  }

  /// The JDK's name.
  public String jdkName() {
    return jdkName;
  }

  /// The one of either of Sigstore's names, or null.
  public static @Nullable HashAlgorithm of(String name) {
    for (HashAlgorithm algorithm : values()) {
      if (algorithm.name().equals(name) || algorithm.word.equals(name)) {
        return algorithm;
      }
    }
    return null;
  }
}
