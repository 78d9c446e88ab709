package dev.vidimus.scan.archive;

import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges ZIP archives: plain ones, PyTorch's, NumPy's `.npz`, wheels, anything in a ZIP.
public final class ZipScanner implements Scanner {
  private final Scanner pickle;

  /// @param pickle judges the records that PyTorch unpickles
  public ZipScanner(Scanner pickle) {
    this.pickle = pickle;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    new ZipScan(target, inspection, pickle).run();
  }
}
