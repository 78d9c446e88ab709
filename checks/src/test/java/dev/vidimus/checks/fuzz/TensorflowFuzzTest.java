package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class TensorflowFuzzTest {
  private static final FuzzedScan SCAN = new FuzzedScan("fuzzed.meta");

  @FuzzTest
  void scan(byte[] input) throws IOException {
    SCAN.read(input);
  }
}
