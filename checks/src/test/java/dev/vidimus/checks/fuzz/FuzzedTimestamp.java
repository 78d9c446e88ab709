package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.sigstore.timestamp.Timestamp;
import dev.vidimus.evidence.trust.CertificateAuthority;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;

/// A time-stamp response, by whichever authority it names.
final class FuzzedTimestamp implements FuzzedReader {
  private final TrustedRoot root;

  FuzzedTimestamp() {
    try {
      root = FuzzedTrustedRoot.seed();
    } catch (IOException | FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void read(byte[] input) {
    try {
      Timestamp timestamp = Timestamp.read(input, "fuzzed");
      CertificateAuthority authority = timestamp.authority(root.timestampAuthorities());
      timestamp.require(
          authority == null ? root.timestampAuthorities().getFirst() : authority, input);
    } catch (FormatException | CheckFailed e) {
      // the only other outcomes
    }
  }
}
