package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.formats.zip.Gap;
import dev.vidimus.formats.zip.LocalHeader;
import dev.vidimus.formats.zip.ZipArchive;
import dev.vidimus.formats.zip.ZipDirectory;
import dev.vidimus.formats.zip.ZipEntry;
import dev.vidimus.formats.zip.ZipFlags;
import dev.vidimus.formats.zip.ZipReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The scan of one ZIP archive.
final class ZipScan {
  private static final int STORED = 0;
  private static final String SKOPS_SCHEMA = "schema.json";

  /// Stored members up to this size are read for their CRC; larger ones are tensors, as a rule.
  private static final long LARGEST_SUMMED = 1 << 20;

  private static final int LONGEST_MARK = 256;
  private static final int LONGEST_LINK = 4096;
  private static final int MOST_GAPS = 64;

  // What deflate can make of the bytes at most. Members that share bytes get no more together.
  private static final long OVERLAP_RATIO = 1032;
  private static final long OVERLAP_LEAST = 16 << 20;

  private final Target target;
  private final Inspection inspection;
  private final Scanner pickle;
  private final Scanner keras;
  private final Scanner skops;
  private final Scanner torchScript;
  private final Scanner mobile;
  private final Inflation inflation;
  private final ZipArchive archive;
  private final TorchLayout torch;
  private final KerasLayout layout;
  private final Map<String, ZipEntry> byName = new HashMap<>();
  private final Links links = new Links();
  private long allowance = Long.MAX_VALUE;

  ZipScan(Target target, Inspection inspection, ZipScanner.Judges judges) throws IOException {
    this.target = target;
    this.inspection = inspection;
    this.pickle = judges.pickle();
    this.keras = judges.keras();
    this.skops = judges.skops();
    this.torchScript = judges.torchScript();
    this.mobile = judges.mobile();
    this.inflation = new Inflation(inspection.budget(), inspection.spool());
    this.archive = ZipReader.read(target.bytes(), target.location().path(), inspection.budget());
    this.torch = TorchLayout.of(archive.entries(), archive.hidden());
    this.layout = KerasLayout.of(target.name(), archive.entries(), archive.hidden());
  }

  void run() throws IOException {
    Surroundings surroundings = Surroundings.of(target, archive, inspection.budget());
    if (surroundings == Surroundings.EXAMINE_IT) {
      return;
    }
    overlaps();
    if (surroundings == Surroundings.NOTHING) {
      for (FormatException problem : archive.problems()) {
        Members.ended(target, problem, inspection);
      }
      directories();
      gaps();
    }
    for (ZipEntry entry : archive.entries()) {
      member(entry);
    }
    if (layout.lacksConfiguration()) {
      Target absent = target.inside(Bytes.of(), KerasLayout.CONFIGURATION, Purpose.ANY);
      keras.scan(absent, inspection); // which says what an empty one means
    }
    for (ZipEntry entry : archive.hidden()) {
      if (!archive.directories().isEmpty()) {
        inspection.report(
            ArchiveRule.HIDDEN_MEMBER.at(
                place(entry).at(at(entry)), "no directory lists this member", ""));
      }
      member(entry);
    }
  }

  private static long at(ZipEntry entry) {
    LocalHeader local = entry.local();
    return local == null ? -1 : local.at();
  }

  private Location place(ZipEntry entry) {
    return target.location().inside(Names.shown(entry.name()));
  }

  private void directories() {
    List<ZipDirectory> directories = archive.directories();
    for (int i = 1; i < directories.size(); i++) {
      ZipDirectory first = directories.getFirst();
      ZipDirectory other = directories.get(i);
      inspection.report(
          ArchiveRule.SEVERAL_DIRECTORIES.at(
              target.location().at(other.at()),
              "a directory of %d entries here, and one of %d at byte %d"
                  .formatted(other.found(), first.found(), first.at()),
              ""));
    }
  }

  private void overlaps() {
    if (archive.overlapping() > 0) {
      inspection.report(
          ArchiveRule.OVERLAPPING_MEMBERS.at(
              target.location(),
              archive.overlapping() + " members share bytes with another",
              Names.shown(String.join("; ", archive.overlaps()))));
      allowance = OVERLAP_LEAST + OVERLAP_RATIO * target.bytes().size();
    }
  }

  private void gaps() throws IOException {
    if (archive.directories().isEmpty()) {
      return; // then nothing is accounted for, and the problem was reported
    }
    int count = 0;
    for (Gap gap : archive.gaps()) {
      Location from = target.location().at(gap.from());
      if (gap.from() == 0) {
        // What the first bytes are is the business of whoever else reads the file from its start.
        inspection.report(
            ArchiveRule.PREFIX.at(
                from,
                gap.length() + " bytes stand before the first member",
                Names.shown(text(target.bytes().array(0, (int) Math.min(40, gap.length()))))));
        continue;
      }
      inspection.report(
          ArchiveRule.UNACCOUNTED_BYTES.at(from, gap.length() + " bytes belong to no member", ""));
      if (++count > MOST_GAPS) {
        inspection.notExamined(from, "more than " + MOST_GAPS + " gaps between members");
        return;
      }
      Bytes bytes = target.bytes().slice(gap.from(), gap.length());
      String name = "bytes %d to %d".formatted(gap.from(), gap.to());
      inspection.examine(target.inside(bytes, name, Purpose.PAYLOAD));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void member(ZipEntry entry) throws IOException {
    Location place = place(entry);
    Names.check(entry.name(), place, inspection);
    for (ZipEntry.Disagreement each : entry.disagreements()) {
      inspection.report(
          ArchiveRule.HEADERS_DISAGREE.at(
              place,
              "%s: the directory says %s, the member's own header %s"
                  .formatted(each.field(), Names.shown(each.central()), Names.shown(each.local())),
              ""));
    }
    if (entry.descriptorDiffers()) {
      inspection.report(
          ArchiveRule.HEADERS_DISAGREE.at(
              place, "the data descriptor contradicts the directory", ""));
    }
    if (links.isThrough(entry.name())) {
      inspection.report(
          ArchiveRule.WRITE_THROUGH_LINK.at(place, "a part of the path is a link", ""));
    }
    if (entry.isLink()) {
      links.add(entry.name());
    }
    duplicates(entry, place);
    List<ZipEntry.Data> readings = archive.readings(entry);
    if (readings.isEmpty()) {
      inspection.notExamined(place, "the member has no local header");
    }
    for (int i = 0; i < readings.size(); i++) {
      ZipEntry.Data data = readings.get(i);
      if (data.packed() > 0 || !entry.name().endsWith("/")) {
        read(entry, data, i == 0, place);
      }
    }
  }

  private void duplicates(ZipEntry entry, Location place) {
    String key = torch.isTorch() ? entry.name().toLowerCase(Locale.ROOT) : entry.name();
    ZipEntry first = byName.putIfAbsent(key, entry);
    if (first != null && first.crc() != entry.crc()) {
      inspection.report(
          ArchiveRule.DUPLICATE_NAME.at(
              place,
              "the members at bytes %d and %d have this name".formatted(at(first), at(entry)),
              ""));
    }
  }

  /// Reads a member in one way.
  ///
  /// @param first whether it is the way that most readers take; what breaks another way is no news,
  ///     since the disagreement of the headers was reported
  private void read(ZipEntry entry, ZipEntry.Data data, boolean first, Location place)
      throws IOException {
    if (allowance <= 0) {
      inspection.notExamined(place, "members that share bytes inflate to too much");
      return;
    }
    String name = place.path();
    try (Inflated inflated = archive.open(data, name, inflation, allowance)) {
      if (allowance != Long.MAX_VALUE) {
        allowance -= inflated.content().size();
      }
      judge(entry, data, inflated, first, place);
    } catch (FormatException.Unsupported e) {
      if (first) {
        inspection.notExamined(place, e.problem());
      }
    }
  }

  private void judge(
      ZipEntry entry, ZipEntry.Data data, Inflated inflated, boolean first, Location place)
      throws IOException {
    Bytes content = inflated.content();
    if ((entry.flags() & (ZipFlags.ENCRYPTED | ZipFlags.STRONG_ENCRYPTION | ZipFlags.PATCHED)) != 0
        && !flagged(entry, inflated, place)) {
      return;
    }
    FormatException broken = inflated.broken();
    if (broken != null && first) {
      inspection.ended(place, broken, ArchiveRule.MALFORMED);
    }
    boolean limited = broken instanceof FormatException.LimitExceeded;
    if (first && !limited && data.size() != -1 && data.size() != content.size()) {
      inspection.report(
          ArchiveRule.SIZE_DIFFERS.at(
              place,
              "declares %s bytes but has %d"
                  .formatted(Long.toUnsignedString(data.size()), content.size()),
              ""));
    }
    if (first && broken == null) {
      sum(entry, data, content, place);
    }
    if (data.method() != STORED) {
      Contents.checkRatio(content, data.packed(), place, inspection);
    }
    examine(entry, content, place);
  }

  /// A member whose flags make some readers refuse it.
  ///
  /// @return whether its content is as plain as that of any other
  private boolean flagged(ZipEntry entry, Inflated inflated, Location place) throws IOException {
    Bytes content = inflated.content();
    if (inflated.broken() == null && isPlain(entry, content)) {
      inspection.report(
          ArchiveRule.MISLEADING_FLAG.at(
              place, "flags 0x%x are set, but the content is plain".formatted(entry.flags()), ""));
      return true;
    }
    if ((entry.flags() & ZipFlags.PATCHED) != 0) {
      inspection.report(
          ArchiveRule.MISLEADING_FLAG.at(place, "the content is declared to be a patch", ""));
      inspection.notExamined(place, "compressed patch data");
    } else {
      inspection.report(ArchiveRule.ENCRYPTED.at(place, "the content is encrypted", ""));
      inspection.notExamined(place, "encrypted");
    }
    if (inflated.broken() == null) {
      inspection.examine(inside(entry, content, Purpose.PAYLOAD));
    }
    return false;
  }

  private boolean isPlain(ZipEntry entry, Bytes content) throws IOException {
    return Contents.crc(content) == entry.crc()
        || Detector.detect(content, "").primary() != Format.UNKNOWN;
  }

  private void sum(ZipEntry entry, ZipEntry.Data data, Bytes content, Location place)
      throws IOException {
    if (entry.crc() == -1 || (data.method() == STORED && content.size() > LARGEST_SUMMED)) {
      return;
    }
    long found = Contents.crc(content);
    if (found != entry.crc()) {
      ArchiveRule rule = torch.isTorch() ? ArchiveRule.UNCHECKED_CRC : ArchiveRule.BAD_CRC;
      inspection.report(
          rule.at(place, "declares CRC-32 %08x but is %08x".formatted(entry.crc(), found), ""));
    }
  }

  private Target inside(ZipEntry entry, Bytes content, Purpose purpose) {
    return target.inside(content, Names.shown(entry.name()), purpose);
  }

  private void examine(ZipEntry entry, Bytes content, Location place) throws IOException {
    if (entry.isLink()) {
      Names.checkLink(entry.name(), text(content.head(LONGEST_LINK)), place, inspection);
      inspection.examine(inside(entry, content, Purpose.PAYLOAD));
      return;
    }
    if (layout.isConfiguration(entry.name())) {
      keras.scan(inside(entry, content, Purpose.ANY), inspection);
      return;
    }
    if (entry.name().equals(SKOPS_SCHEMA)) {
      skops.scan(inside(entry, content, Purpose.ANY), inspection);
      return;
    }
    switch (role(entry)) {
      case PICKLE -> Members.examinePickle(inside(entry, content, Purpose.ANY), pickle, inspection);
      case BYTECODE -> {
        Target bytecode = inside(entry, content, Purpose.ANY);
        mobile.scan(bytecode, inspection);
        Members.examinePickle(bytecode, pickle, inspection);
      }
      case STORAGE -> inspection.examine(inside(entry, content, Purpose.PAYLOAD));
      case MARK -> {
        if (!isMark(content)) {
          inspection.examine(inside(entry, content, Purpose.ANY));
        }
      }
      case CODE -> {
        torchScript.scan(inside(entry, content, Purpose.ANY), inspection);
        if (!isText(content)) {
          inspection.examine(inside(entry, content, Purpose.ANY));
        }
      }
      case OTHER -> inspection.examine(inside(entry, content, Purpose.ANY));
    }
  }

  /// The role by the directory's name, unless the local header has another: then the content could
  /// be read as anything, and as a pickle if either name says so.
  private TorchLayout.Role role(ZipEntry entry) {
    TorchLayout.Role role = torch.role(entry.name());
    LocalHeader local = entry.local();
    if (local == null || local.name().equals(entry.name())) {
      return role;
    }
    boolean unpickled =
        role == TorchLayout.Role.PICKLE || torch.role(local.name()) == TorchLayout.Role.PICKLE;
    return unpickled ? TorchLayout.Role.PICKLE : TorchLayout.Role.OTHER;
  }

  private static boolean isText(Bytes content) throws IOException {
    for (byte each : content.head(LONGEST_MARK)) {
      if (each < ' ' && each != '\n') {
        return false;
      }
    }
    return true;
  }

  private static boolean isMark(Bytes content) throws IOException {
    if (content.size() > LONGEST_MARK) {
      return false;
    }
    for (byte each : content.head(LONGEST_MARK)) {
      boolean plain = (each >= '0' && each <= '9') || (each >= 'a' && each <= 'z');
      if (!plain && each != '\n' && each != '.' && each != '-') {
        return false;
      }
    }
    return true;
  }
}
