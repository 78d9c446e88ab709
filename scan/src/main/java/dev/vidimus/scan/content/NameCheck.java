package dev.vidimus.scan.content;

import dev.vidimus.formats.detect.Detection;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Compares what a file's extension claims with what the content is.
///
/// A wrong name is a curiosity, unless it says that a file is safe to load while the content is of
/// a kind that loaders run: some tools believe the name, others the content.
public final class NameCheck {
  /// Formats that cannot carry code, so that people load them without a second look.
  private static final Set<Format> WITHOUT_CODE =
      EnumSet.of(Format.SAFETENSORS, Format.GGUF, Format.NPY, Format.TEXT, Format.MEDIA);

  private static final Set<Format> WITH_CODE =
      EnumSet.of(Format.PICKLE, Format.ZFILE, Format.HDF5, Format.TORCH7, Format.RDS);

  /// What the scanners of this package report by itself.
  private static final Set<Format> REPORTED =
      EnumSet.of(
          Format.EMPTY,
          Format.HTML,
          Format.LFS_POINTER,
          Format.SCRIPT,
          Format.ELF,
          Format.PE,
          Format.MACH_O,
          Format.JAVA_CLASS,
          Format.WASM,
          Format.PYTHON_BYTECODE);

  private NameCheck() {}

  /// Reports a disagreement of name and content.
  ///
  /// @param detection what was detected in the target
  public static void check(Target target, Detection detection, Inspection inspection) {
    List<Format> named = detection.named();
    if (named.isEmpty() || target.purpose() == Target.Purpose.PAYLOAD) {
      return;
    }
    Format claimed = named.getFirst();
    for (Format found : detection.formats()) {
      if (WITH_CODE.contains(found) && WITHOUT_CODE.contains(claimed)) {
        report(ContentRule.HIDDEN_CODE_FORMAT, claimed, found, target, inspection);
        return;
      }
    }
    Format found = detection.primary();
    if (!REPORTED.contains(found)) {
      report(ContentRule.OTHER_FORMAT, claimed, found, target, inspection);
    }
  }

  private static void report(
      ContentRule rule, Format claimed, Format found, Target target, Inspection inspection) {
    String message = target.name() + " is named as " + claimed.word() + " but is " + found.word();
    inspection.report(rule.at(target.location(), message, ""));
  }
}
