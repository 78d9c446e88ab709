package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.sigstore.timestamp.Timestamp;
import dev.vidimus.evidence.trust.CertificateAuthority;
import dev.vidimus.evidence.trust.TrustedRoot;
import org.junit.jupiter.api.BeforeAll;

/// A time-stamp response, by whichever authority it names.
class TimestampFuzzTest {
  private static TrustedRoot root;

  @BeforeAll
  static void trust() throws Exception {
    root = TrustedRootFuzzTest.seed();
  }

  @FuzzTest
  void require(byte[] input) {
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
