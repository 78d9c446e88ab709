package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.trust.Certificates;
import dev.vidimus.evidence.trust.CodeSigners;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// A certificate as its own root, so that the path and its usage are looked at, too.
final class FuzzedCertificate implements FuzzedReader {
  @Override
  public void read(byte[] input) {
    try {
      X509Certificate certificate = Certificates.ofDer(input, "fuzzed");
      new CodeSigners(List.of(certificate), List.of(certificate))
          .require(List.of(certificate, certificate), Instant.EPOCH);
    } catch (FormatException | CheckFailed e) {
      // the only other outcomes
    }
  }
}
