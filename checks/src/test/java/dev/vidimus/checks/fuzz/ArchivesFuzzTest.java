package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// The readers of archives: the first byte of an input chooses one.
class ArchivesFuzzTest {
  private static final FuzzedChoice READERS =
      new FuzzedChoice(
          new FuzzedScan("fuzzed.gz"),
          new FuzzedScan("fuzzed.zip"),
          new FuzzedScan("fuzzed.tar"),
          new FuzzedScan("fuzzed.7z"),
          new FuzzedScan("fuzzed.keras"),
          new FuzzedScan("fuzzed.skops"));

  @FuzzTest
  void read(byte[] input) throws IOException {
    READERS.read(input);
  }
}
