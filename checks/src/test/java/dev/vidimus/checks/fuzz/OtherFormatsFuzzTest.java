package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;

/// The readers that are small enough to share a JVM: the first byte of an input chooses one.
class OtherFormatsFuzzTest {
  private static final FuzzedReader[] READERS = {
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
    new FuzzedRepository(),
  };

  @FuzzTest
  void scan(byte[] input) throws IOException {
    if (input.length > 0) {
      int reader = (input[0] & 0xff) % READERS.length;
      READERS[reader].read(Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
