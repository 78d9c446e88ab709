package dev.vidimus.scan.archive;

import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges ZIP archives: plain ones, PyTorch's, NumPy's `.npz`, Keras's, wheels, anything in a ZIP.
public final class ZipScanner implements Scanner {
  private final Scanner pickle;
  private final Scanner keras;
  private final Scanner skops;

  /// @param pickle judges the records that PyTorch unpickles
  /// @param keras judges the configuration that Keras builds a model from
  /// @param skops judges a `schema.json`, whoever wrote it
  public ZipScanner(Scanner pickle, Scanner keras, Scanner skops) {
    this.pickle = pickle;
    this.keras = keras;
    this.skops = skops;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    new ZipScan(target, inspection, pickle, keras, skops).run();
  }
}
