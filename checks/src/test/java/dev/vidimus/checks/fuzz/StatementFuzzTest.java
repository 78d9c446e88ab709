package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.intoto.Statement;
import java.io.IOException;

class StatementFuzzTest {
  @FuzzTest
  void read(byte[] input) throws IOException {
    try {
      Statement.read(input, "fuzzed").bytes();
    } catch (FormatException e) {
      // the only other outcome
    }
  }
}
