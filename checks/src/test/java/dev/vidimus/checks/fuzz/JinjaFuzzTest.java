package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class JinjaFuzzTest {
  private static final FuzzedScan SCAN = new FuzzedScan("chat_template.jinja");

  @FuzzTest
  void scan(byte[] input) throws IOException {
    SCAN.read(input);
  }
}
