package dev.vidimus.scan.content;

import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import dev.vidimus.scan.python.PythonScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// The scanners of this package by the format that each judges.
public final class ContentScanners {
  private static final int LONGEST_FIRST_LINE = 128;

  private static final int ORBAX_NAME = 32;

  private ContentScanners() {}

  /// Scanners for programs, stand-ins and inert files.
  public static Map<Format, Scanner> byFormat() {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.ELF, new ExecutableScanner(Format.ELF, "an ELF program or library"));
    scanners.put(Format.PE, new ExecutableScanner(Format.PE, "a Windows program or library"));
    scanners.put(Format.MACH_O, new ExecutableScanner(Format.MACH_O, "a macOS program or library"));
    scanners.put(Format.JAVA_CLASS, new ExecutableScanner(Format.JAVA_CLASS, "a Java class"));
    scanners.put(Format.WASM, new ExecutableScanner(Format.WASM, "a WebAssembly module"));
    scanners.put(
        Format.PYTHON_BYTECODE,
        new ExecutableScanner(Format.PYTHON_BYTECODE, "compiled Python code"));
    scanners.put(Format.SCRIPT, ContentScanners::script);
    scanners.put(Format.HTML, ContentScanners::html);
    scanners.put(Format.LFS_POINTER, ContentScanners::lfsPointer);
    scanners.put(Format.EMPTY, ContentScanners::empty);
    scanners.put(Format.TEXT, ContentScanners::inert);
    scanners.put(Format.MEDIA, ContentScanners::inert);
    scanners.put(Format.ZARR, ContentScanners::inert);
    scanners.put(Format.OCDBT, ContentScanners::inert);
    scanners.put(Format.UNKNOWN, ContentScanners::unknown);
    return scanners;
  }

  private static void script(Target target, Inspection inspection) throws IOException {
    if (Detector.isModelName(target.name())) {
      inspection.report(
          ContentRule.DISGUISED_SCRIPT.at(
              target.location(), target.name() + " begins with #! and an interpreter", ""));
    } else if (isPython(target)) {
      new PythonScanner().scan(target, inspection);
    } else {
      inspection.notExamined(target.location(), "format not read: script");
    }
  }

  /// The interpreter that the first line names is one of Python.
  private static boolean isPython(Target target) throws IOException {
    byte[] head = target.bytes().head(LONGEST_FIRST_LINE);
    String first = new String(head, StandardCharsets.ISO_8859_1);
    int end = first.indexOf('\n');
    return first.substring(0, end < 0 ? first.length() : end).contains("python");
  }

  private static void html(Target target, Inspection inspection) {
    if (Detector.isModelName(target.name())) {
      inspection.report(
          ContentRule.NOT_THE_MODEL.at(
              target.location(), target.name() + " is a web page, perhaps an error page", ""));
    } else {
      inspection.notExamined(target.location(), "format not read: html");
    }
  }

  private static void lfsPointer(Target target, Inspection inspection) {
    inspection.report(
        ContentRule.NOT_THE_MODEL.at(
            target.location(), target.name() + " is a Git LFS pointer; the file is absent", ""));
  }

  private static void empty(Target target, Inspection inspection) {
    if (target.purpose() == Purpose.ANY && Detector.isModelName(target.name())) {
      inspection.report(
          ContentRule.EMPTY_MODEL.at(target.location(), target.name() + " has no bytes", ""));
    }
  }

  private static void inert(Target target, Inspection inspection) {
    // Nothing loads documentation or pictures as anything else.
  }

  /// Numbers of a checkpoint of Orbax, without a header, in a folder `d`; the tables beside them
  /// divide them.
  private static boolean isOrbaxData(Target target) {
    String path = target.location().path();
    int start = path.length() - ORBAX_NAME;
    if (start < 2
        || !path.startsWith("d/", start - 2)
        || (start > 2 && path.charAt(start - 3) != '/')) {
      return false;
    }
    for (int i = start; i < path.length(); i++) {
      char c = path.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static void unknown(Target target, Inspection inspection) {
    boolean isData = isOrbaxData(target) || isRawNumbers(target.name());
    if (target.purpose() == Purpose.ANY && !isData) {
      inspection.notExamined(target.location(), "format not known");
    }
  }

  /// Tensors that an ONNX model keeps beside it. Nothing reads them as anything else, and bytes
  /// that look like something have been examined as that.
  private static boolean isRawNumbers(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".onnx_data") || lower.endsWith(".onnx.data");
  }
}
