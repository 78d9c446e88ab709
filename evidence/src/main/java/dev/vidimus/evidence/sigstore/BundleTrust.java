package dev.vidimus.evidence.sigstore;

import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.trust.TrustedRoot;
import org.jspecify.annotations.Nullable;

/// Whom the caller trusts, and so which way of signing a bundle must use: a bundle never chooses.
public sealed interface BundleTrust {
  /// The holder of a key.
  ///
  /// @param root whose logs must have the signature, and whose authorities may have stamped it; or
  /// null, and then neither is looked at
  record Key(VerifyingKey key, @Nullable TrustedRoot root) implements BundleTrust {}

  /// Whoever an authority of the trusted root certified to be this identity.
  ///
  /// @param issuer URL of the identity provider that vouched for it, exactly
  record Identity(TrustedRoot root, ExpectedIdentity identity, String issuer)
      implements BundleTrust {
    /// An identity that is compared exactly.
    public Identity(TrustedRoot root, String identity, String issuer) {
      this(root, new ExpectedIdentity.Exactly(identity), issuer);
    }
  }
}
