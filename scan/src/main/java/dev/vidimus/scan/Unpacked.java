package dev.vidimus.scan;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Report;
import dev.vidimus.scan.archive.ArchiveTree;
import dev.vidimus.scan.inspection.Inspection.Explanation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Divides what was found in an archive among its members, each then a file of its own, named
/// `archive!/member`. What concerns none of them stays with the archive.
final class Unpacked {
  private static final String SEPARATOR = "!/";

  private Unpacked() {}

  /// What belongs to one member, or to none.
  private record Part(
      List<Finding> findings, List<NotExamined> gaps, List<Explanation> explanation) {
    Part() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  static FileOutcome divide(FileOutcome archive, List<ArchiveTree.Member> members) {
    if (members.isEmpty()) {
      return archive;
    }
    Map<String, Part> parts = new HashMap<>();
    for (ArchiveTree.Member member : members) {
      parts.put(member.path(), new Part());
    }
    Part rest = new Part();
    ScannedFile scanned = archive.scanned();
    for (Finding finding : scanned.report().findings()) {
      Location place = finding.location();
      String owner = owner(place.member(), parts);
      parts.getOrDefault(owner, rest).findings().add(moved(finding, inside(place, owner)));
    }
    for (NotExamined gap : scanned.report().notExamined()) {
      Location place = gap.location();
      String owner = owner(place.member(), parts);
      NotExamined moved = new NotExamined(inside(place, owner), gap.reason());
      parts.getOrDefault(owner, rest).gaps().add(moved);
    }
    for (Explanation line : scanned.explanation()) {
      Location place = line.location();
      String owner = owner(place.member(), parts);
      Explanation moved = new Explanation(inside(place, owner), line.line());
      parts.getOrDefault(owner, rest).explanation().add(moved);
    }
    List<FileOutcome> files = new ArrayList<>();
    for (ArchiveTree.Member member : members) {
      Part part = parts.remove(member.path());
      files.add(file(archive, member, part == null ? new Part() : part)); // a name that comes twice
    }
    Report whole = scanned.report();
    Report report =
        new Report(whole.location(), whole.format(), rest.findings(), rest.gaps(), whole.bytes());
    return new FileOutcome(
        new ScannedFile(report, rest.explanation(), scanned.dropped(), scanned.references()),
        archive.digest(),
        archive.failure(),
        files,
        archive.suppressed());
  }

  private static FileOutcome file(FileOutcome archive, ArchiveTree.Member member, Part part) {
    Location place = Location.of(archive.path() + SEPARATOR + member.path());
    Report report = new Report(place, "member", part.findings(), part.gaps(), member.size());
    ScannedFile scanned = new ScannedFile(report, part.explanation(), 0);
    return new FileOutcome(scanned, member.digest(), null, List.of());
  }

  /// The member that a place is in: the longest path of which the place is, or is inside. Empty if
  /// there is none.
  private static String owner(String place, Map<String, Part> parts) {
    String owner = place;
    while (!parts.containsKey(owner)) {
      int cut = owner.lastIndexOf(SEPARATOR);
      if (cut < 0) {
        return "";
      }
      owner = owner.substring(0, cut);
    }
    return owner;
  }

  private static Location inside(Location place, String owner) {
    if (owner.isEmpty()) {
      return place;
    }
    boolean isItself = place.member().length() == owner.length();
    String rest = isItself ? "" : place.member().substring(owner.length() + SEPARATOR.length());
    return new Location(place.file() + SEPARATOR + owner, rest, place.offset());
  }

  private static Finding moved(Finding finding, Location to) {
    return new Finding(
        finding.rule(),
        finding.level(),
        finding.implies(),
        to,
        finding.message(),
        finding.evidence(),
        finding.fix());
  }
}
