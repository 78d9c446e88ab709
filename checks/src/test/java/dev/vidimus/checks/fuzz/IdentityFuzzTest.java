package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.sigstore.fulcio.CertifiedIdentity;
import dev.vidimus.evidence.sigstore.fulcio.EmbeddedTimestamps;
import dev.vidimus.evidence.trust.Certificates;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeAll;

/// The extensions of a leaf: names, issuer, and timestamps of certificate logs.
class IdentityFuzzTest {
  private static TrustedRoot root;

  @BeforeAll
  static void trust() throws Exception {
    root = TrustedRootFuzzTest.seed();
  }

  @FuzzTest
  void read(byte[] input) throws IOException {
    try {
      X509Certificate leaf = Certificates.ofDer(input, "fuzzed");
      CertifiedIdentity.of(leaf);
      EmbeddedTimestamps.require(leaf, leaf, root);
    } catch (FormatException | CheckFailed e) {
      // the only other outcomes
    }
  }
}
