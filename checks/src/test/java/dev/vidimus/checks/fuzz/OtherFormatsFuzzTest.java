package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// The readers of smaller formats, and whole repositories: the first byte of an input chooses one.
class OtherFormatsFuzzTest {
  private static final FuzzedChoice READERS =
      new FuzzedChoice(
          new FuzzedScan("fuzzed.yaml"),
          new FuzzedScan("fuzzed.rds"),
          new FuzzedScan("fuzzed.msgpack"),
          new FuzzedScan("fuzzed.ubj"),
          new FuzzedScan("fuzzed.lgb"),
          new FuzzedScan("fuzzed.pbtxt"),
          new FuzzedScan("fuzzed.index"),
          new FuzzedScan("fuzzed.pte"),
          new FuzzedScan("fuzzed.mlmodel"),
          new FuzzedScan("fuzzed.pdmodel"),
          new FuzzedScan("fuzzed.caffemodel"),
          new FuzzedScan("fuzzed.t7"),
          new FuzzedScan("tokenizer.json"),
          new FuzzedScan("fuzzed.spm"),
          new FuzzedScan("fuzzed.tiktoken"),
          new FuzzedRepository());

  @FuzzTest
  void read(byte[] input) throws IOException {
    READERS.read(input);
  }
}
