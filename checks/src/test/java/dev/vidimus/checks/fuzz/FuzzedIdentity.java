package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.sigstore.fulcio.CertifiedIdentity;
import dev.vidimus.evidence.sigstore.fulcio.EmbeddedTimestamps;
import dev.vidimus.evidence.trust.Certificates;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.security.cert.X509Certificate;

/// The extensions of a leaf: names, issuer, and timestamps of certificate logs.
final class FuzzedIdentity implements FuzzedReader {
  private final TrustedRoot root;

  FuzzedIdentity() {
    try {
      root = FuzzedTrustedRoot.seed();
    } catch (IOException | FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void read(byte[] input) throws IOException {
    try {
      X509Certificate leaf = Certificates.ofDer(input, "fuzzed");
      CertifiedIdentity.of(leaf);
      EmbeddedTimestamps.require(leaf, leaf, root);
    } catch (FormatException | CheckFailed e) {
      // the only other outcomes
    }
  }
}
