package dev.vidimus.scan.keras;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Scanner;
import java.util.EnumMap;
import java.util.Map;

/// The scanners of this package.
public final class KerasScanners {
  private KerasScanners() {}

  /// Scanners by the format that each reads.
  public static Map<Format, Scanner> byFormat() {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.HDF5, new Hdf5Scanner());
    return scanners;
  }

  /// The scanner for `config.json` and `metadata.json` of a `.keras` archive.
  public static Scanner configuration() {
    return new KerasConfigScanner();
  }
}
