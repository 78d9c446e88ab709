package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// The readers of evidence: the first byte of an input chooses one.
class EvidenceFuzzTest {
  private static final FuzzedChoice READERS =
      new FuzzedChoice(
          new FuzzedBundle(),
          new FuzzedCertificate(),
          new FuzzedCheckpoint(),
          new FuzzedIdentity(),
          new FuzzedKey(),
          new FuzzedPredicate(),
          new FuzzedSigstoreBundle(),
          new FuzzedStatement(),
          new FuzzedTimestamp(),
          new FuzzedTrustedRoot());

  @FuzzTest
  void read(byte[] input) throws IOException {
    READERS.read(input);
  }
}
