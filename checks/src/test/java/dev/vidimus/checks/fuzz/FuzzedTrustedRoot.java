package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.io.InputStream;

final class FuzzedTrustedRoot implements FuzzedReader {
  /// The first seed, under which the seeds of the other fuzzers of Sigstore verify.
  static TrustedRoot seed() throws IOException, FormatException {
    try (InputStream seed =
        FuzzedTrustedRoot.class.getResourceAsStream(
            "EvidenceFuzzTestInputs/read/trusted-root-staging")) {
      if (seed == null) {
        throw new IllegalStateException("the seed is gone");
      }
      seed.skipNBytes(1); // which chose the reader
      return TrustedRoot.read(Bytes.of(seed.readAllBytes()), "seed");
    }
  }

  @Override
  public void read(byte[] input) throws IOException {
    try {
      TrustedRoot.read(Bytes.of(input), "fuzzed");
    } catch (FormatException e) {
      // the only other outcome
    }
  }
}
