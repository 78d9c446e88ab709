package dev.vidimus.registry.archive;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.formats.zip.CentralHeader;
import dev.vidimus.formats.zip.ZipArchive;
import dev.vidimus.formats.zip.ZipEntry;
import dev.vidimus.formats.zip.ZipFlags;
import dev.vidimus.formats.zip.ZipReader;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A ZIP archive as a tree: one directory that accounts for every byte, plain files and folders.
final class ZipTree {
  private static final int STRANGE =
      ZipFlags.ENCRYPTED | ZipFlags.STRONG_ENCRYPTION | ZipFlags.PATCHED;

  private static final int UNIX = 3;
  private static final int FILE_TYPE = 0xf000;
  private static final int FOLDER = 0x4000;
  private static final int FILE = 0x8000;

  private final ZipArchive archive;
  private final String shown;
  private final Inflation inflation;

  private ZipTree(ZipArchive archive, String shown, Inflation inflation) {
    this.archive = archive;
    this.shown = shown;
    this.inflation = inflation;
  }

  static void unpack(Bytes bytes, String shown, Budget budget, Inflation inflation, NewTree tree)
      throws IOException {
    ZipArchive archive = ZipReader.read(bytes, shown, budget);
    new ZipTree(archive, shown, inflation).unpack(tree);
  }

  private void unpack(NewTree tree) throws IOException {
    requireOneReading();
    Map<String, ZipEntry> files = new LinkedHashMap<>();
    long sum = 0;
    for (ZipEntry entry : archive.entries()) {
      CentralHeader header = require(entry);
      String path = Members.path(entry.name());
      if (entry.name().endsWith("/")) {
        if (header.size() != 0) {
          throw Members.refusal(shown, entry.name(), "is a folder with content");
        }
        continue;
      }
      tree.announce(path);
      files.put(path, entry);
      if (header.size() < 0 || header.size() > Long.MAX_VALUE - sum) {
        throw Members.refusal(shown, entry.name(), "declares more than 2^63 bytes");
      }
      sum += header.size();
    }
    Room.require(tree.root(), sum);
    for (Map.Entry<String, ZipEntry> file : files.entrySet()) {
      write(file.getValue(), tree, file.getKey());
    }
  }

  private void requireOneReading() throws Refusal {
    if (!archive.problems().isEmpty()) {
      throw Members.refusal(shown, String.valueOf(archive.problems().getFirst().getMessage()));
    }
    if (archive.directories().size() != 1) {
      throw Members.refusal(shown, "has " + archive.directories().size() + " directories, not one");
    }
    if (!archive.hidden().isEmpty()) {
      throw Members.refusal(shown, archive.hidden().getFirst().name(), "is listed in no directory");
    }
    if (archive.overlapping() > 0) {
      throw Members.refusal(shown, archive.overlapping() + " members share bytes with another");
    }
    if (!archive.gaps().isEmpty()) {
      throw Members.refusal(
          shown,
          "%d bytes from %d on belong to no member"
              .formatted(archive.gaps().getFirst().length(), archive.gaps().getFirst().from()));
    }
  }

  private CentralHeader require(ZipEntry entry) throws Refusal {
    CentralHeader header = entry.central();
    if (header == null || archive.readings(entry).size() != 1) {
      throw Members.refusal(shown, entry.name(), "has not one reading");
    }
    List<ZipEntry.Disagreement> disagreements = entry.disagreements();
    if (!disagreements.isEmpty() || entry.descriptorDiffers()) {
      throw Members.refusal(
          shown,
          entry.name(),
          "its headers disagree about its "
              + (disagreements.isEmpty() ? "sums" : disagreements.getFirst().field()));
    }
    if ((entry.flags() & STRANGE) != 0) {
      throw Members.refusal(shown, entry.name(), "is encrypted, or a patch");
    }
    if (entry.isLink() || isSpecial(header)) {
      throw Members.refusal(shown, entry.name(), "is no file and no folder, but a link or device");
    }
    return header;
  }

  /// Whether a Unix mode says another type than the name does.
  private static boolean isSpecial(CentralHeader header) {
    long type = header.attributes() >>> 16 & FILE_TYPE;
    return header.madeBy() >>> 8 == UNIX
        && type != 0
        && type != (header.name().endsWith("/") ? FOLDER : FILE);
  }

  private void write(ZipEntry entry, NewTree tree, String path) throws IOException {
    CentralHeader header = require(entry);
    ZipEntry.Data data = archive.readings(entry).getFirst();
    try (Inflated inflated = archive.open(data, path, inflation, header.size())) {
      if (inflated.broken() != null) {
        throw Members.refusal(shown, path, String.valueOf(inflated.broken().getMessage()));
      }
      long found = inflated.content().size();
      if (found != header.size() || inflated.consumed() != data.packed()) {
        throw Members.refusal(shown, path, "declares " + header.size() + " bytes but has " + found);
      }
      long sum = Members.write(inflated.content(), tree, path);
      if (sum != header.crc()) {
        throw Members.refusal(
            shown, path, "declares CRC-32 %08x but has %08x".formatted(header.crc(), sum));
      }
    } catch (FormatException e) {
      throw Members.refusal(shown, path, String.valueOf(e.getMessage()));
    }
  }
}
