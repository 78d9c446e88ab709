package dev.vidimus.scan.graph;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Scanner;
import java.util.EnumMap;
import java.util.Map;

/// The scanners of this package by the format that each reads.
public final class GraphScanners {
  private GraphScanners() {}

  /// Scanners for every format of graphs.
  public static Map<Format, Scanner> byFormat() {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.ONNX, new OnnxScanner());
    return scanners;
  }
}
