package dev.vidimus.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// The readers of tensors and graphs: the first byte of an input chooses one.
class TensorFilesFuzzTest {
  private static final FuzzedChoice READERS =
      new FuzzedChoice(
          new FuzzedScan("fuzzed.safetensors"),
          new FuzzedScan("fuzzed.gguf"),
          new FuzzedScan("fuzzed.npy"),
          new FuzzedScan("fuzzed.h5"),
          new FuzzedScan("fuzzed.onnx"),
          new FuzzedScan("fuzzed.meta"),
          new FuzzedScan("fuzzed.tflite"));

  @FuzzTest
  void read(byte[] input) throws IOException {
    READERS.read(input);
  }
}
