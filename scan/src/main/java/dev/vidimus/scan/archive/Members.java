package dev.vidimus.scan.archive;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import java.io.IOException;

/// Hands members on.
final class Members {
  private Members() {}

  /// Examines what some loader unpickles whatever it looks like, and by every other reading too.
  static void examinePickle(Target member, Scanner pickle, Inspection inspection)
      throws IOException {
    if (!Detector.detect(member.bytes(), member.name()).formats().contains(Format.PICKLE)) {
      pickle.scan(member, inspection);
    }
    inspection.examine(member);
  }

  /// Reports how reading a container ended. Raw numbers that merely look like the start of a
  /// container break no format.
  static void ended(Target container, FormatException cause, Inspection inspection) {
    if (container.purpose() == Purpose.PAYLOAD && cause instanceof FormatException.Malformed) {
      return;
    }
    inspection.ended(container.location(), cause, ArchiveRule.MALFORMED);
  }
}
