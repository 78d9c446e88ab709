package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// The readers of code, templates and documents: the first byte of an input chooses one.
class TextsFuzzTest {
  private static final FuzzedChoice READERS =
      new FuzzedChoice(
          new FuzzedScan("modeling_x.py"),
          new FuzzedScan("chat_template.jinja"),
          new FuzzedScan("fuzzed.json"),
          new FuzzedScan("fuzzed.pmml"));

  @FuzzTest
  void read(byte[] input) throws IOException {
    READERS.read(input);
  }
}
