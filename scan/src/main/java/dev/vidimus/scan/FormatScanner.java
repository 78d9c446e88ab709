package dev.vidimus.scan;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.detect.Detection;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.content.NameCheck;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Routes a target to the scanner of every format that its content allows: all plausible readings
/// of a polyglot are examined, and the worst counts.
final class FormatScanner implements Scanner {
  /// Formats whose first bytes raw numbers do not have by chance.
  private static final Set<Format> DISTINCT =
      EnumSet.of(
          Format.PICKLE,
          Format.ZIP,
          Format.SEVEN_ZIP,
          Format.ELF,
          Format.PE,
          Format.MACH_O,
          Format.SAFETENSORS,
          Format.GGUF,
          Format.NPY);

  private final Map<Format, Scanner> scanners;

  FormatScanner(Map<Format, Scanner> scanners) {
    this.scanners = scanners;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    try {
      inspection.budget().requireDepth(target.location().path(), target.depth());
    } catch (FormatException.LimitExceeded e) {
      inspection.notExamined(target.location(), e.problem());
      return;
    }
    scanAs(Detector.detect(target.bytes(), target.name()), target, inspection);
  }

  /// Examines a target whose detection is at hand.
  void scanAs(Detection detection, Target target, Inspection inspection) throws IOException {
    if (target.purpose() == Target.Purpose.SYSTEM) {
      if (SystemFiles.isModel(detection, target.name())) {
        scanAs(detection, target.used(Target.Purpose.ANY), inspection);
      }
      return;
    }
    NameCheck.check(target, detection, inspection);
    boolean isPayload = target.purpose() == Target.Purpose.PAYLOAD;
    for (Format format : detection.formats()) {
      Scanner scanner = scanners.get(format);
      if (isPayload && !DISTINCT.contains(format)) {
        continue;
      }
      if (scanner == null) {
        inspection.notExamined(target.location(), "format not read: " + format.word());
      } else {
        scanner.scan(target, inspection);
      }
    }
  }
}
