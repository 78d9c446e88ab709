package dev.vidimus.evidence.oms;

import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.trust.CodeSigners;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whom the caller trusts, and so which method the bundle must use: a bundle never chooses.
public sealed interface Trusted {
  /// The holder of a key.
  record Key(VerifyingKey key) implements Trusted {}

  /// Holders of certificates.
  ///
  /// @param at the time at which their certificates must be valid, unless a timestamp says another
  /// @param root whose authorities may have stamped the signature; null to believe no timestamp
  record Certificate(CodeSigners signers, Instant at, @Nullable TrustedRoot root)
      implements Trusted {
    /// Holders of certificates that must be valid at a time, whatever timestamps say.
    public Certificate(CodeSigners signers, Instant at) {
      this(signers, at, null);
    }
  }

  /// Whoever Sigstore certified to be an identity.
  ///
  /// @param now no signature is from later
  record Keyless(BundleTrust.Identity identity, Instant now) implements Trusted {}
}
