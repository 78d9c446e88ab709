package dev.vidimus.scan;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Examiner;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.formats.detect.Detection;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.archive.ArchiveTree;
import dev.vidimus.scan.archive.CompressedScanner;
import dev.vidimus.scan.archive.SevenZipScanner;
import dev.vidimus.scan.archive.TarScanner;
import dev.vidimus.scan.archive.ZipScanner;
import dev.vidimus.scan.booster.LightgbmScanner;
import dev.vidimus.scan.booster.UbjsonScanner;
import dev.vidimus.scan.content.ContentScanners;
import dev.vidimus.scan.graph.GraphScanners;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.keras.KerasScanners;
import dev.vidimus.scan.operator.OperatorScanners;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.PickleScanner;
import dev.vidimus.scan.pickle.Profile;
import dev.vidimus.scan.python.TorchMobileScanner;
import dev.vidimus.scan.python.TorchScriptScanner;
import dev.vidimus.scan.rds.RdsScanner;
import dev.vidimus.scan.repository.RepositoryScanners;
import dev.vidimus.scan.skops.SkopsScanner;
import dev.vidimus.scan.tensor.TensorScanners;
import dev.vidimus.scan.tensorflow.TensorflowScanners;
import dev.vidimus.scan.xml.XmlScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What would loading this model do? Scans every file of a snapshot without loading any.
public final class ScanExaminer implements Examiner {
  private final ScanOptions options;
  private final Spool spool;
  private final FormatScanner router;

  /// @param options what the caller chooses
  /// @param spool where inflated members go
  /// @param allowlist the names that pickles may use
  public ScanExaminer(ScanOptions options, Allowlist allowlist, Spool spool) {
    this.options = options;
    this.spool = spool;
    this.router = new FormatScanner(scanners(new PickleScanner(allowlist)));
  }

  private static Map<Format, Scanner> scanners(Scanner pickles) {
    Map<Format, Scanner> scanners = new EnumMap<>(Format.class);
    scanners.put(Format.PICKLE, pickles);
    scanners.put(
        Format.ZIP,
        new ZipScanner(
            new ZipScanner.Judges(
                pickles,
                new TorchScriptScanner(),
                new TorchMobileScanner(),
                KerasScanners.configuration(),
                new SkopsScanner())));
    scanners.put(Format.TAR, new TarScanner(pickles));
    scanners.put(Format.SEVEN_ZIP, new SevenZipScanner());
    scanners.put(Format.GZIP, new CompressedScanner(Codec.Stream.GZIP));
    scanners.put(Format.ZLIB, new CompressedScanner(Codec.Stream.ZLIB));
    scanners.put(Format.BZIP2, new CompressedScanner(Codec.Stream.BZIP2));
    scanners.put(Format.XZ, new CompressedScanner(Codec.Stream.XZ));
    scanners.put(Format.LZMA, new CompressedScanner(Codec.Stream.LZMA));
    scanners.put(Format.ZSTD, new CompressedScanner(Codec.Stream.ZSTD));
    scanners.put(Format.LZ4, new CompressedScanner(Codec.Stream.LZ4));
    scanners.put(Format.ZFILE, new CompressedScanner(Codec.Stream.ZFILE));
    scanners.putAll(TensorScanners.byFormat(pickles));
    scanners.putAll(GraphScanners.byFormat());
    scanners.putAll(KerasScanners.byFormat());
    scanners.putAll(TensorflowScanners.byFormat(KerasScanners.configuration()));
    scanners.putAll(OperatorScanners.byFormat());
    scanners.put(Format.UBJSON, new UbjsonScanner());
    scanners.put(Format.LIGHTGBM, new LightgbmScanner());
    scanners.put(Format.RDS, new RdsScanner());
    scanners.put(Format.XML, new XmlScanner());
    scanners.putAll(ContentScanners.byFormat());
    scanners.putAll(RepositoryScanners.byFormat(KerasScanners.configuration(), new SkopsScanner()));
    return scanners;
  }

  /// The formats that are examined; a file of any other is incomplete.
  public static Set<Format> formats() {
    return Set.copyOf(scanners(new PickleScanner(Allowlist.of(Profile.ALL))).keySet());
  }

  @Override
  public String id() {
    return "scan";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public List<Report> examine(Snapshot snapshot) throws IOException {
    List<Report> reports = new ArrayList<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      try (Bytes bytes = entry.open()) {
        reports.add(scan(bytes, entry.path()).report());
      }
    }
    return reports;
  }

  /// Scans one file.
  ///
  /// @param bytes its content
  /// @param path its path as findings name it
  public ScannedFile scan(Bytes bytes, String path) throws IOException {
    Inspection inspection = new Inspection(options, spool, router);
    Location location = Location.of(path);
    String name = path.substring(path.lastIndexOf('/') + 1);
    Detection detection = Detector.detect(bytes, name);
    router.scanAs(detection, Target.file(bytes, location, name), inspection);
    if (inspection.refersToMore()) {
      inspection.notExamined(location, "refers to more than is followed");
    }
    Report report =
        new Report(
            location,
            detection.primary().word(),
            inspection.findings(),
            inspection.notExamined(),
            bytes.size());
    return new ScannedFile(
        report, inspection.explanations(), inspection.dropped(), inspection.references());
  }

  /// The members of an archive; none of anything else.
  List<ArchiveTree.Member> members(Bytes bytes, String path, boolean withDigests)
      throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return ArchiveTree.list(bytes, name, withDigests, options.limits(), spool);
  }
}
