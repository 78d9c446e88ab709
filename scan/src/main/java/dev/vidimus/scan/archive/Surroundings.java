package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.formats.tar.TarArchive;
import dev.vidimus.formats.tar.TarMember;
import dev.vidimus.formats.tar.TarReader;
import dev.vidimus.formats.zip.ZipArchive;
import dev.vidimus.formats.zip.ZipDirectory;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.List;

/// What a ZIP archive lies in, if the file does not begin with it: ZIP readers look at the end of a
/// file, and so find an archive in the last member of a tar, or in the last string of a pickle.
enum Surroundings {
  /// Nothing that we know: what precedes and follows the archive is unaccounted for.
  NOTHING,
  /// A format whose own scanner accounts for every byte of the file.
  ACCOUNT_FOR_IT,
  /// A tar of which the archive is a member, which is examined as such.
  EXAMINE_IT;

  private static final List<Format> ACCOUNTING =
      List.of(Format.PICKLE, Format.NPY, Format.SAFETENSORS, Format.GGUF, Format.SEVEN_ZIP);

  static Surroundings of(Target target, ZipArchive archive, Budget budget) throws IOException {
    Bytes bytes = target.bytes();
    if (archive.gaps().isEmpty() || archive.gaps().getFirst().from() != 0) {
      return NOTHING;
    }
    List<Format> formats = Detector.detect(bytes, "").formats();
    if (formats.contains(Format.TAR)) {
      return isMember(archive, TarReader.read(bytes, target.name(), budget)) ? EXAMINE_IT : NOTHING;
    }
    if (reachesTheEnd(archive, bytes)) {
      return NOTHING; // appended: something always follows an archive in a string of a pickle
    }
    for (Format format : ACCOUNTING) {
      if (formats.contains(format)) {
        return ACCOUNT_FOR_IT;
      }
    }
    return NOTHING;
  }

  private static boolean reachesTheEnd(ZipArchive archive, Bytes bytes) {
    for (ZipDirectory directory : archive.directories()) {
      if (directory.endAt() + directory.endSize() == bytes.size()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMember(ZipArchive archive, TarArchive tar) {
    for (ZipDirectory directory : archive.directories()) {
      boolean held = false;
      for (TarMember member : tar.members()) {
        held |= member.holds(directory.at()) && member.holds(directory.endAt());
      }
      if (!held) {
        return false;
      }
    }
    return !archive.directories().isEmpty();
  }
}
