package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class GgufFuzzTest {
  private static final FuzzedScan SCAN = new FuzzedScan("fuzzed.gguf");

  @FuzzTest
  void scan(byte[] input) throws IOException {
    SCAN.read(input);
  }
}
