package dev.vidimus.scan.tensorflow;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Scanner;
import java.util.EnumMap;
import java.util.Map;

/// The scanners of this package by the format that each reads.
public final class TensorflowScanners {
  private TensorflowScanners() {}

  /// Scanners for graphs of TensorFlow.
  ///
  /// @param keras judges the configurations that Keras leaves in them
  public static Map<Format, Scanner> byFormat(Scanner keras) {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.TENSORFLOW, new TensorflowScanner(keras));
    scanners.put(Format.TFLITE, new TfliteScanner());
    return scanners;
  }
}
