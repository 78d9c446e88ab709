package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.ScannedFile;
import dev.vidimus.scan.whole.Part;
import dev.vidimus.scan.whole.Whole;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Scans fuzzed files as one repository. Bytes of 255 part the input into files; the first byte of
/// each chooses its name.
final class FuzzedRepository implements FuzzedReader {
  private static final byte END = (byte) 255;
  private static final int MOST_FILES = 20;

  private static final List<String> NAMES =
      List.of(
          "config.json",
          "model.safetensors.index.json",
          "model-00001-of-00002.safetensors",
          "model-00002-of-00002.safetensors",
          "modeling_own.py",
          "configuration_own.py",
          "tokenizer_config.json",
          "adapter_config.json",
          "model_index.json",
          "modules.json",
          "requirements.txt",
          "README.md",
          "sub/config.json",
          "sub/helper.py",
          "sub/__init__.py",
          "weights/pytorch_model.bin.index.json");

  private final ScanExaminer examiner = FuzzedScan.examiner();

  @Override
  public void read(byte[] input) throws IOException {
    Map<String, Part> parts = new LinkedHashMap<>();
    int start = 0;
    for (int at = 0; at <= input.length && parts.size() < MOST_FILES; at++) {
      if (at == input.length || input[at] == END) {
        if (at > start) {
          add(parts, NAMES.get((input[start] & 0xff) % NAMES.size()), input, start + 1, at);
        }
        start = at + 1;
      }
    }
    Whole.of(parts.values(), List.of("notes.txt"));
  }

  private void add(Map<String, Part> parts, String path, byte[] input, int from, int to)
      throws IOException {
    byte[] content = Arrays.copyOfRange(input, from, to);
    ScannedFile scanned = examiner.scan(Bytes.of(content), path);
    String format = scanned.report().format();
    parts.put(
        path,
        new Part(path, format, content.length, scanned.references(), () -> Bytes.of(content)));
  }
}
