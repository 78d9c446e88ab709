package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class PythonFuzzTest {
  private static final FuzzedScan SCAN = new FuzzedScan("modeling_x.py");

  @FuzzTest
  void scan(byte[] input) throws IOException {
    SCAN.read(input);
  }
}
