package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;

/// The versions of the bundle, which differ in what must be there.
enum BundleVersion {
  /// The promise of the log is enough.
  V0_1,
  /// Every entry has a proof of inclusion with a checkpoint.
  V0_2,
  /// As before, and the signer's certificate comes alone.
  V0_3;

  private static final int PRINTED = 200;

  static BundleVersion of(String mediaType) throws FormatException {
    return switch (mediaType) {
      case "application/vnd.dev.sigstore.bundle+json;version=0.1" -> V0_1;
      case "application/vnd.dev.sigstore.bundle+json;version=0.2" -> V0_2;
      case "application/vnd.dev.sigstore.bundle+json;version=0.3", Bundle.V0_3 -> V0_3;
      default ->
          throw new FormatException.Unsupported(
              "mediaType", 0, "no version of a bundle: " + Printable.of(mediaType, PRINTED));
    };
  }
}
