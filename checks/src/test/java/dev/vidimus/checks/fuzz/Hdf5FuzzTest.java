package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class Hdf5FuzzTest {
  private static final FuzzedScan SCAN = new FuzzedScan("fuzzed.h5");

  @FuzzTest
  void scan(byte[] input) throws IOException {
    SCAN.read(input);
  }
}
