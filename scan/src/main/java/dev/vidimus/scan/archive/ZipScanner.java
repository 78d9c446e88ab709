package dev.vidimus.scan.archive;

import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges ZIP archives: plain ones, PyTorch's, NumPy's `.npz`, Keras's, wheels, anything in a ZIP.
public final class ZipScanner implements Scanner {
  private final Judges judges;

  /// @param judges judge the members that loaders look for by their names
  public ZipScanner(Judges judges) {
    this.judges = judges;
  }

  /// Scanners of members that a loader finds by their names.
  ///
  /// @param pickle judges the records that PyTorch unpickles
  /// @param torchScript judges the programs that PyTorch compiles
  /// @param mobile judges the bytecode of PyTorch's mobile interpreter
  /// @param keras judges the configuration that Keras builds a model from
  /// @param skops judges a `schema.json`, whoever wrote it
  public record Judges(
      Scanner pickle, Scanner torchScript, Scanner mobile, Scanner keras, Scanner skops) {}

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    new ZipScan(target, inspection, judges).run();
  }
}
