package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.detect.Detector;
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

/// What one archive scanner did with some bytes. Members are recorded, not judged, but for archives
/// in archives, which go back to the scanner.
final class Scanned {
  private static final int SHOWN = 64;

  private final Inspection inspection;
  private final List<String> examined = new ArrayList<>();
  private final List<String> unpickled = new ArrayList<>();
  private final List<String> payloads = new ArrayList<>();

  private Scanned(Limits limits, Router router) {
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    this.inspection =
        new Inspection(
            new ScanOptions(limits, false), spool, (target, it) -> router.scan(this, target, it));
  }

  private interface Router {
    void scan(Scanned scanned, Target target, Inspection inspection) throws IOException;
  }

  static Scanned zip(byte... bytes) throws IOException {
    return zip(Limits.DEFAULT, bytes);
  }

  static Scanned zip(Limits limits, byte... bytes) throws IOException {
    Router router =
        (scanned, target, inspection) -> {
          scanned.record(target);
          try {
            inspection.budget().requireDepth(target.location().path(), target.depth());
          } catch (FormatException.LimitExceeded e) {
            inspection.notExamined(target.location(), e.problem());
            return;
          }
          if (Detector.detect(target.bytes(), target.name()).formats().contains(Format.ZIP)) {
            zipScanner(scanned).scan(target, inspection);
          }
        };
    return new Scanned(limits, router).run((s, t, i) -> zipScanner(s).scan(t, i), bytes);
  }

  private static ZipScanner zipScanner(Scanned scanned) {
    Scanner none = (target, inspection) -> {};
    return new ZipScanner(new ZipScanner.Judges(scanned::unpickle, none, none, none, none));
  }

  static Scanned tar(byte... bytes) throws IOException {
    return new Scanned(Limits.DEFAULT, (scanned, target, inspection) -> scanned.record(target))
        .run((s, t, i) -> new TarScanner(s::unpickle).scan(t, i), bytes);
  }

  static Scanned by(Scanner scanner, byte... bytes) throws IOException {
    return new Scanned(Limits.DEFAULT, (scanned, target, inspection) -> scanned.record(target))
        .run((s, t, i) -> scanner.scan(t, i), bytes);
  }

  private Scanned run(Router scanner, byte[] bytes) throws IOException {
    scanner.scan(
        this, Target.file(Bytes.of(bytes), Location.of("model.bin"), "model.bin"), inspection);
    return this;
  }

  private void unpickle(Target target, Inspection it) throws IOException {
    unpickled.add(shown(target));
  }

  private void record(Target target) throws IOException {
    (target.purpose() == Target.Purpose.PAYLOAD ? payloads : examined).add(shown(target));
    if (Detector.detect(target.bytes(), target.name()).formats().contains(Format.PICKLE)) {
      unpickled.add(shown(target));
    }
  }

  private static String shown(Target target) throws IOException {
    String text = new String(target.bytes().head(SHOWN), StandardCharsets.ISO_8859_1);
    return target.location().member() + "=" + text;
  }

  /// Members that were examined, as `path=content`.
  List<String> examined() {
    return examined;
  }

  /// Members that were examined as raw numbers.
  List<String> payloads() {
    return payloads;
  }

  /// Members that reached the pickle scanner.
  List<String> unpickled() {
    return unpickled;
  }

  /// Everything reported, as `ID message`.
  List<String> findings() {
    return inspection.findings().stream().map(f -> f.rule() + " " + f.message()).toList();
  }

  /// Everything reported above mere information, as `ID message`.
  List<String> alarms() {
    return inspection.findings().stream()
        .filter(finding -> finding.level() != Level.INFO)
        .map(f -> f.rule() + " " + f.message())
        .toList();
  }

  List<Finding> raw() {
    return inspection.findings();
  }

  List<String> notExamined() {
    return inspection.notExamined().stream().map(NotExamined::reason).toList();
  }
}
