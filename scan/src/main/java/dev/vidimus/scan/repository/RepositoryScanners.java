package dev.vidimus.scan.repository;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.python.NotebookScanner;
import dev.vidimus.scan.python.PythonScanner;
import dev.vidimus.scan.template.TemplateScanner;
import java.util.EnumMap;
import java.util.Map;

/// The scanners of this package by the format that each judges.
public final class RepositoryScanners {
  private RepositoryScanners() {}

  /// Scanners for configuration, templates and requirements.
  ///
  /// @param keras judges JSON that Keras builds a model from
  /// @param skops judges a schema of skops
  public static Map<Format, Scanner> byFormat(Scanner keras, Scanner skops) {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.JSON, new ConfigScanner(keras, skops));
    scanners.put(Format.YAML, new YamlScanner());
    scanners.put(Format.TEXT, new ModelCardScanner());
    scanners.put(Format.JINJA, new TemplateScanner());
    scanners.put(Format.REQUIREMENTS, new RequirementsScanner());
    scanners.put(Format.PYTHON, new PythonScanner());
    scanners.put(Format.NOTEBOOK, new NotebookScanner());
    scanners.put(Format.SENTENCEPIECE, VocabularyScanners::sentencePiece);
    scanners.put(Format.TIKTOKEN, VocabularyScanners::tiktoken);
    return scanners;
  }
}
