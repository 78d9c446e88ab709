package dev.vidimus.evidence.attestation;

/// Which algorithms of a DigestSet bind their artifact.
final class DigestStrength {
  private DigestStrength() {}

  /// Whether others can make a second artifact of the same digest, or nobody can tell: these never
  /// identify an artifact alone. Git's are SHA-1.
  static boolean isWeak(String algorithm) {
    return switch (algorithm) {
      case "md5",
          "sha1",
          "ripemd160",
          "gost",
          "gitCommit",
          "gitTree",
          "gitBlob",
          "gitTag",
          "omsRoot" ->
          true;
      default -> false;
    };
  }

  /// The digits that a digest has, or 0 if the algorithm is one that we do not make ourselves.
  static int hexDigits(String algorithm) {
    return switch (algorithm) {
      case "sha256", "dirHash" -> 64;
      case "sha384" -> 96;
      case "sha512" -> 128;
      default -> 0;
    };
  }
}
