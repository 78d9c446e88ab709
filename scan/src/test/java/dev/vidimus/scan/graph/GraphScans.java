package dev.vidimus.scan.graph;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// What one scanner of this package says of some bytes.
record GraphScans(List<String> findings, List<String> notExamined) {
  static GraphScans of(Format format, byte[] bytes) throws IOException {
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    Inspection inspection =
        new Inspection(new ScanOptions(Limits.DEFAULT, false), spool, (target, itself) -> {});
    Target target = Target.file(Bytes.of(bytes), Location.of("model"), "model");
    Objects.requireNonNull(GraphScanners.byFormat().get(format)).scan(target, inspection);
    return new GraphScans(
        inspection.findings().stream().map(f -> f.rule() + " " + f.message()).toList(),
        inspection.notExamined().stream().map(NotExamined::reason).toList());
  }
}
