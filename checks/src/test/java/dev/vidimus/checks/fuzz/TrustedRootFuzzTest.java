package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.io.InputStream;

class TrustedRootFuzzTest {
  /// The first seed, under which the seeds of the other fuzzers of Sigstore verify.
  static TrustedRoot seed() throws IOException, FormatException {
    try (InputStream seed =
        TrustedRootFuzzTest.class.getResourceAsStream("TrustedRootFuzzTestInputs/staging")) {
      if (seed == null) {
        throw new IllegalStateException("the seed is gone");
      }
      return TrustedRoot.read(Bytes.of(seed.readAllBytes()), "seed");
    }
  }

  @FuzzTest
  void read(byte[] input) throws IOException {
    try {
      TrustedRoot.read(Bytes.of(input), "fuzzed");
    } catch (FormatException e) {
      // the only other outcome
    }
  }
}
