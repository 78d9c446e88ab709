package dev.vidimus.evidence.sigstore;

import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.sigstore.rekor.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/// What a bundle's signature is over. Nothing here is verified.
public sealed interface Content {
  /// A payload that the bundle carries.
  record Dsse(Envelope envelope) implements Content {}

  /// A file that lies elsewhere.
  ///
  /// @param algorithm of the digest, or null if none is given
  /// @param digest of the file, a hint that must be right; or null
  /// @param signature over the file's bytes; not copied, and must not change
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Message(@Nullable HashAlgorithm algorithm, byte @Nullable [] digest, byte[] signature)
      implements Content {}
}
