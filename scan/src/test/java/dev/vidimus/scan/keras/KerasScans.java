package dev.vidimus.scan.keras;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What one scanner of this package says of some bytes.
///
/// @param examined members that were handed on
record KerasScans(List<String> findings, List<String> notExamined, List<String> examined) {
  /// @param config with `'` in place of `"`
  static KerasScans config(String config) throws IOException {
    byte[] json = config.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return by(KerasScanners.configuration(), json);
  }

  static KerasScans hdf5(byte[] bytes) throws IOException {
    return by(Objects.requireNonNull(KerasScanners.byFormat().get(Format.HDF5)), bytes);
  }

  private static KerasScans by(Scanner scanner, byte[] bytes) throws IOException {
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    List<String> examined = new ArrayList<>();
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            spool,
            (target, itself) ->
                examined.add(
                    target.location().member()
                        + "="
                        + new String(target.bytes().head(64), StandardCharsets.UTF_8)));
    scanner.scan(Target.file(Bytes.of(bytes), Location.of("model"), "model"), inspection);
    return new KerasScans(
        inspection.findings().stream().map(f -> f.rule() + " " + f.message()).toList(),
        inspection.notExamined().stream().map(NotExamined::reason).toList(),
        examined);
  }
}
