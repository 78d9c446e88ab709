package dev.vidimus.scan.tensorflow;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.formats.tensorflow.CheckpointIndex;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
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
    scanners.put(Format.PROTOBUF_TEXT, new ProtoTextScanner());
    scanners.put(Format.TENSORFLOW_INDEX, TensorflowScanners::index);
    scanners.put(Format.TENSORFLOW_DATA, TensorflowScanners::data);
    scanners.put(Format.TFLITE, new TfliteScanner());
    return scanners;
  }

  private static void index(Target target, Inspection inspection) throws IOException {
    try {
      CheckpointIndex.read(target.bytes(), target.location().path());
    } catch (FormatException e) {
      inspection.ended(target.location(), e, TensorflowRule.BROKEN);
    }
  }

  private static void data(Target target, Inspection inspection) {
    // Numbers and texts, which the index divides; nothing of them is run.
  }
}
