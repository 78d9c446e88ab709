package dev.vidimus.scan.operator;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.formats.operator.CaffeReader;
import dev.vidimus.formats.operator.CoremlReader;
import dev.vidimus.formats.operator.ExecutorchReader;
import dev.vidimus.formats.operator.OperatorListener;
import dev.vidimus.formats.operator.PaddleReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/// The scanners of this package by the format that each judges.
public final class OperatorScanners {
  private static final int SHOWN = 80;

  private OperatorScanners() {}

  /// Scanners for the graphs of smaller runtimes.
  public static Map<Format, Scanner> byFormat() {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.COREML, of(CoremlReader::read));
    scanners.put(Format.PADDLE, of(PaddleReader::read));
    scanners.put(Format.CAFFE, of(CaffeReader::read));
    scanners.put(Format.EXECUTORCH, of(ExecutorchReader::read));
    scanners.put(Format.TORCH7, new Torch7Scanner());
    return scanners;
  }

  private interface Reader {
    void read(Bytes bytes, String source, OperatorListener listener)
        throws IOException, FormatException;
  }

  private static Scanner of(Reader reader) {
    return (target, inspection) -> scan(reader, target, inspection);
  }

  private static void scan(Reader reader, Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      reader.read(
          target.bytes(),
          location.path(),
          (kind, name, offset) -> judge(kind, name, location.at(offset), inspection));
    } catch (FormatException e) {
      inspection.ended(location, e, OperatorRule.BROKEN);
    }
  }

  private static void judge(
      OperatorListener.Kind kind, String name, Location place, Inspection inspection) {
    String shown = "\"" + Printable.of(name, SHOWN) + "\"";
    switch (kind) {
      case OPERATOR -> operator(name, shown, place, inspection);
      case CLASS ->
          inspection.report(
              OperatorRule.CUSTOM.at(place, shown + " is a class of the application", ""));
      case FILE ->
          inspection.report(OperatorRule.CUSTOM.at(place, "a part is the file " + shown, ""));
      case BACKEND -> {
        String why = KnownOperators.backend(name);
        if (why != null) {
          inspection.report(OperatorRule.CUSTOM.at(place, "the backend " + shown + " " + why, ""));
        }
      }
      case UNREAD -> inspection.notExamined(place, "not read: " + name);
    }
  }

  private static void operator(String name, String shown, Location place, Inspection inspection) {
    String danger = KnownOperators.danger(name);
    if (danger != null) {
      inspection.report(OperatorRule.HARMFUL.at(place, "the operator " + shown + " " + danger, ""));
    } else if (KnownOperators.isForeign(name)) {
      inspection.report(
          OperatorRule.CUSTOM.at(place, "the operator " + shown + " is of another library", ""));
    }
  }
}
