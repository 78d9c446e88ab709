package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.sigstore.Bundle;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.BundleVerifier;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.time.Instant;

/// A whole keyless bundle: timestamp, entry, checkpoint, certificate, identity and signature.
final class FuzzedSigstoreBundle implements FuzzedReader {
  private final TrustedRoot root;

  FuzzedSigstoreBundle() {
    try {
      root = FuzzedTrustedRoot.seed();
    } catch (IOException | FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void read(byte[] input) throws IOException {
    try {
      Bundle bundle = Bundle.read(Bytes.of(input), "fuzzed");
      BundleVerifier.requireSigned(
          new Steps(),
          bundle,
          new BundleTrust.Identity(root, "me", "https://issuer.example.org"),
          Instant.parse("2026-11-01T00:00:00Z"));
    } catch (FormatException | CheckFailed e) {
      // the only other outcomes
    }
  }
}
