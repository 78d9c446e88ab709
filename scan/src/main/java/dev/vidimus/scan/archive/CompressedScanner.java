package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import java.io.IOException;
import java.util.Locale;

/// Judges compressed files by what is in them. A stream that breaks is judged up to the break,
/// because a loader that reads as it goes has acted by then.
public final class CompressedScanner implements Scanner {
  private static final String[] SUFFIXES = {
    ".gz", ".bz2", ".xz", ".lzma", ".zst", ".lz4", ".zz", ".z"
  };

  private final Codec.Stream format;

  /// @param format of the whole file
  public CompressedScanner(Codec.Stream format) {
    this.format = format;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Inflation inflation = new Inflation(inspection.budget(), inspection.spool());
    Bytes packed = target.bytes();
    String name = plainName(target.name());
    try (Inflated inflated =
        inflation.inflate(format, packed, target.location().path(), Long.MAX_VALUE)) {
      FormatException broken = inflated.broken();
      if (broken != null) {
        Members.ended(target, broken, inspection);
      } else {
        trailing(target, inflated.consumed(), inspection);
      }
      if (inflated.content().size() > 0 || broken == null) {
        Target content = target.inside(inflated.content(), name, target.purpose());
        Contents.checkRatio(content.bytes(), packed.size(), content.location(), inspection);
        inspection.examine(content);
      }
    }
  }

  private static void trailing(Target target, long from, Inspection inspection) throws IOException {
    Bytes packed = target.bytes();
    if (from == packed.size() || Contents.isZero(packed, from)) {
      return; // tapes and blocks are padded with zeros
    }
    long length = packed.size() - from;
    inspection.report(
        ArchiveRule.UNACCOUNTED_BYTES.at(
            target.location().at(from), length + " bytes follow the compressed data", ""));
    inspection.examine(
        target.inside(
            packed.slice(from, length),
            "bytes %d to %d".formatted(from, packed.size()),
            Purpose.PAYLOAD));
  }

  static String plainName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String suffix : SUFFIXES) {
      if (lower.endsWith(suffix) && lower.length() > suffix.length()) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return lower.endsWith(".tgz") ? name.substring(0, name.length() - 3) + "tar" : name;
  }
}
