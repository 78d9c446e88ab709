package dev.vidimus.scan.tensor;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Scanner;
import java.util.EnumMap;
import java.util.Map;

/// The scanners of this package by the format that each reads.
public final class TensorScanners {
  private TensorScanners() {}

  /// Scanners for every format of tensors.
  ///
  /// @param pickle the scanner for pickles, which arrays of objects contain
  public static Map<Format, Scanner> byFormat(Scanner pickle) {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.SAFETENSORS, new SafetensorsScanner(pickle));
    scanners.put(Format.GGUF, new GgufScanner());
    scanners.put(Format.GGML, new GgmlScanner());
    scanners.put(Format.NPY, new NumpyScanner(pickle));
    scanners.put(Format.MSGPACK, new MsgpackScanner());
    return scanners;
  }
}
