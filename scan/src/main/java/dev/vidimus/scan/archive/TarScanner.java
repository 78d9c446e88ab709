package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.tar.TarArchive;
import dev.vidimus.formats.tar.TarMember;
import dev.vidimus.formats.tar.TarReader;
import dev.vidimus.formats.tar.TarType;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Judges tar archives, PyTorch's checkpoints of version 0.1.1 among them: four members, of which
/// `torch.load` unpickles `sys_info` and `pickle` whole, and `storages` and `tensors` piece by
/// piece between raw numbers (`_legacy_load` in `torch/serialization.py`).
public final class TarScanner implements Scanner {
  private final Scanner pickle;

  /// @param pickle judges the members that PyTorch unpickles
  public TarScanner(Scanner pickle) {
    this.pickle = pickle;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Bytes bytes = target.bytes();
    TarArchive archive = TarReader.read(bytes, target.location().path(), inspection.budget());
    for (FormatException problem : archive.problems()) {
      Members.ended(target, problem, inspection);
    }
    Set<String> names = new HashSet<>();
    for (TarMember member : archive.members()) {
      names.add(Links.plain(member.name()));
    }
    boolean isSystem = SystemImage.is(target, archive.members());
    boolean torch = names.contains("pickle") && names.contains("storages");
    Links links = new Links();
    Set<String> seen = new HashSet<>();
    boolean afterEnd = false;
    for (TarMember member : archive.members()) {
      if (member.afterEnd() && !afterEnd) {
        afterEnd = true;
        inspection.report(
            ArchiveRule.HIDDEN_MEMBER.at(
                target.location().at(member.at()),
                "members follow the end mark, where Python stops reading",
                ""));
      }
      Location place = target.location().inside(Names.shown(member.name()));
      if (isSystem) {
        Names.check(member.name(), place, inspection);
      } else {
        structure(member, place, links, inspection);
      }
      if (torch && !seen.add(Links.plain(member.name()))) {
        inspection.report(ArchiveRule.DUPLICATE_NAME.at(place, "a PyTorch member comes twice", ""));
      }
      if (isSystem) {
        String shown = Names.shown(member.name());
        inspection.examine(target.inside(member.content(), shown, Purpose.SYSTEM));
      } else {
        content(target, member, place, torch, inspection);
      }
    }
    if (archive.trailing() >= 0) {
      trailing(target, archive.trailing(), inspection);
    }
  }

  private static void structure(
      TarMember member, Location place, Links links, Inspection inspection) {
    String name = member.name();
    Names.check(name, place, inspection);
    if (member.sizesDisagree()) {
      inspection.report(
          ArchiveRule.HEADERS_DISAGREE.at(
              place,
              "size: the header says %d, the extended header %d"
                  .formatted(member.headerSize(), member.dataSize()),
              ""));
    }
    if (links.isThrough(name)) {
      inspection.report(
          ArchiveRule.WRITE_THROUGH_LINK.at(place, "a part of the path is a link", ""));
    }
    switch (member.type()) {
      case FILE, DIRECTORY -> {}
      case SYMBOLIC_LINK -> {
        Names.checkLink(name, member.link(), place, inspection);
        links.add(name);
      }
      case HARD_LINK -> {
        if (Paths.escapes(member.link())) {
          inspection.report(
              ArchiveRule.LINK_ESCAPES.at(
                  place,
                  "a hard link to " + Names.shown(member.link()) + " leads out",
                  Names.shown(member.link())));
        }
        if (links.isThrough(member.link())) { // then it is a symbolic link itself
          inspection.report(
              ArchiveRule.WRITE_THROUGH_LINK.at(place, "a hard link to a symbolic link", ""));
          links.add(name);
        }
      }
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
          inspection.report(
              ArchiveRule.DEVICE_NODE.at(place, "the member is a " + word(member.type()), ""));
    }
  }

  private static String word(TarType type) {
    return switch (type) {
      case CHARACTER_DEVICE -> "character device";
      case BLOCK_DEVICE -> "block device";
      case FIFO -> "named pipe";
      case FILE -> "file";
      case DIRECTORY -> "folder";
      case SYMBOLIC_LINK -> "symbolic link";
      case HARD_LINK -> "hard link";
    };
  }

  private void content(
      Target target, TarMember member, Location place, boolean torch, Inspection inspection)
      throws IOException {
    Bytes content = member.content();
    if (content.size() == 0) {
      return;
    }
    Contents.checkRatio(content, member.dataSize(), place, inspection);
    String shown = Names.shown(member.name());
    switch (torch ? Links.plain(member.name()) : "") {
      case "pickle", "sys_info" ->
          Members.examinePickle(target.inside(content, shown, Purpose.ANY), pickle, inspection);
      case "storages", "tensors" ->
          pickle.scan(
              target.inside(content, shown, Purpose.ANY), inspection); // and searches the rest
      default -> inspection.examine(target.inside(content, shown, Purpose.ANY));
    }
  }

  private static void trailing(Target target, long from, Inspection inspection) throws IOException {
    long length = target.bytes().size() - from;
    inspection.report(
        ArchiveRule.UNACCOUNTED_BYTES.at(
            target.location().at(from), length + " bytes follow the end of the archive", ""));
    inspection.examine(
        target.inside(
            target.bytes().slice(from, length),
            "bytes %d to %d".formatted(from, target.bytes().size()),
            Purpose.PAYLOAD));
  }
}
