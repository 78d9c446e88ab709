package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.formats.sevenz.SevenZipArchive;
import dev.vidimus.formats.sevenz.SevenZipEntry;
import dev.vidimus.formats.sevenz.SevenZipReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Judges 7z archives. Each stream is decompressed once, and its files are parts of what comes out.
public final class SevenZipScanner implements Scanner {
  private static final int LONGEST_LINK = 4096;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Inflation inflation = new Inflation(inspection.budget(), inspection.spool());
    SevenZipArchive archive =
        SevenZipReader.read(
            target.bytes(), target.location().path(), inspection.budget(), inflation);
    for (FormatException problem : archive.problems()) {
      Members.ended(target, problem, inspection);
    }
    if (archive.unaccounted() > 0) {
      inspection.report(
          ArchiveRule.UNACCOUNTED_BYTES.at(
              target.location(), archive.unaccounted() + " bytes belong to no member", ""));
    }
    List<SevenZipEntry> entries = archive.entries();
    Links links = new Links();
    for (SevenZipEntry entry : entries) {
      Location place = place(target, entry);
      Names.check(entry.name(), place, inspection);
      if (links.isThrough(entry.name())) {
        inspection.report(
            ArchiveRule.WRITE_THROUGH_LINK.at(place, "a part of the path is a link", ""));
      }
      if (entry.isLink()) {
        links.add(entry.name());
      }
    }
    int next = 0;
    for (int folder = 0; folder < archive.folders(); folder++) {
      int first = next;
      while (next < entries.size() && entries.get(next).folder() <= folder) {
        next++;
      }
      folder(target, archive, folder, entries.subList(first, next), inflation, inspection);
    }
  }

  private static Location place(Target target, SevenZipEntry entry) {
    return target.location().inside(Names.shown(entry.name()));
  }

  private static void folder(
      Target target,
      SevenZipArchive archive,
      int folder,
      List<SevenZipEntry> entries,
      Inflation inflation,
      Inspection inspection)
      throws IOException {
    String source = target.location().path();
    try (Inflated inflated = archive.open(folder, source, inflation)) {
      FormatException broken = inflated.broken();
      if (broken != null) {
        Members.ended(target, broken, inspection);
      }
      Contents.checkRatio(
          inflated.content(), archive.packed(folder), target.location(), inspection);
      for (SevenZipEntry entry : entries) {
        if (entry.folder() == folder) {
          member(target, entry, inflated.content(), inspection);
        }
      }
    } catch (FormatException e) {
      for (SevenZipEntry entry : entries) {
        if (entry.folder() == folder) {
          inspection.notExamined(place(target, entry), e.problem());
        }
      }
    }
  }

  private static void member(
      Target target, SevenZipEntry entry, Bytes stream, Inspection inspection) throws IOException {
    Location place = place(target, entry);
    long there = Math.clamp(stream.size() - entry.offset(), 0, entry.size());
    if (there < entry.size()) {
      inspection.report(
          ArchiveRule.SIZE_DIFFERS.at(
              place, "declares " + entry.size() + " bytes but has " + there, ""));
      if (there == 0) {
        return;
      }
    }
    Bytes content = stream.slice(Math.min(entry.offset(), stream.size()), there);
    if (there == entry.size() && entry.crc() != -1) {
      long found = Contents.crc(content);
      if (found != entry.crc()) {
        inspection.report(
            ArchiveRule.BAD_CRC.at(
                place, "declares CRC-32 %08x but is %08x".formatted(entry.crc(), found), ""));
      }
    }
    if (entry.isLink()) {
      String to = new String(content.head(LONGEST_LINK), StandardCharsets.UTF_8);
      Names.checkLink(entry.name(), to, place, inspection);
      return;
    }
    inspection.examine(target.inside(content, Names.shown(entry.name()), Purpose.ANY));
  }
}
