package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;

/// The readers that are small enough to share a JVM: the first byte of an input chooses one.
class OtherFormatsFuzzTest {
  private static final FuzzedScan[] SCANS = {
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
  };

  @FuzzTest
  void scan(byte[] input) throws IOException {
    if (input.length > 0) {
      int reader = (input[0] & 0xff) % SCANS.length;
      SCANS[reader].scan(Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
