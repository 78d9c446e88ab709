package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Digest;

/// Proof for other code that a model was verified: only [OmsVerifier] makes one.
public final class Verified {
  private final Digest rootDigest;
  private final Signer signer;

  Verified(Digest rootDigest, Signer signer) {
    this.rootDigest = rootDigest;
    this.signer = signer;
  }

  /// The root digest that was signed, over the order of the manifest.
  public Digest rootDigest() {
    return rootDigest;
  }

  /// Who signed it.
  public Signer signer() {
    return signer;
  }
}
