package dev.vidimus.scan;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.scan.suppression.Suppressed;
import dev.vidimus.scan.suppression.Suppression;
import dev.vidimus.scan.suppression.Suppressions;
import dev.vidimus.scan.whole.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one file of a snapshot.
///
/// @param scanned the outcome; of a file that could not be read, that it was not examined
/// @param digest SHA-256 of the bytes; null if nobody asked or they could not be read
/// @param failure why the file could not be scanned: the world failed (an `IOException`) or we did
/// @param members of an archive that is treated as a folder: what became of each; the rest of the
///     outcome is then what concerns none of them
/// @param suppressed findings that do not count, because somebody answers for them
public record FileOutcome(
    ScannedFile scanned,
    @Nullable Digest digest,
    @Nullable Throwable failure,
    List<FileOutcome> members,
    List<Suppressed> suppressed) {
  /// The path of the outcome that concerns all files together.
  static final String WHOLE = ".";

  public FileOutcome {
    members = List.copyOf(members);
    suppressed = List.copyOf(suppressed);
  }

  /// An outcome of which nothing is suppressed.
  public FileOutcome(
      ScannedFile scanned,
      @Nullable Digest digest,
      @Nullable Throwable failure,
      List<FileOutcome> members) {
    this(scanned, digest, failure, members, List.of());
  }

  /// An outcome that is one finding about something that is no regular file.
  ///
  /// @param format what it is instead
  public static FileOutcome of(Finding finding, String format) {
    Report report = new Report(finding.location(), format, List.of(finding), List.of(), 0);
    return new FileOutcome(new ScannedFile(report, List.of(), 0), null, null, List.of());
  }

  /// An outcome that concerns all files together.
  static FileOutcome of(Whole whole) {
    Report report =
        new Report(Location.of(WHOLE), "repository", whole.findings(), whole.notExamined(), 0);
    return new FileOutcome(new ScannedFile(report, List.of(), 0), null, null, List.of());
  }

  /// Whether it concerns all files together, and is none of them.
  public boolean isWhole() {
    return path().equals(WHOLE);
  }

  /// The same with one finding more.
  public FileOutcome with(Finding finding) {
    return new FileOutcome(scanned.with(finding), digest, failure, members, suppressed);
  }

  /// The same without the findings that are suppressed, which are kept beside the others.
  ///
  /// @param files the digest of the file that a finding names
  FileOutcome without(Suppressions suppressions, Map<String, Digest> files) {
    List<Finding> findings = new ArrayList<>();
    List<Suppressed> apart = new ArrayList<>(suppressed);
    for (Finding finding : scanned.report().findings()) {
      Digest file = files.get(finding.location().file());
      Suppression by = file == null ? null : suppressions.find(finding.rule(), file);
      if (by == null) {
        findings.add(finding);
      } else {
        apart.add(new Suppressed(finding, by));
      }
    }
    return new FileOutcome(scanned.with(findings), digest, failure, members, apart);
  }

  /// The file's path as findings name it.
  public String path() {
    return scanned.report().location().file();
  }

  /// What was found out about the file and its members.
  public Verdict verdict() {
    Verdict verdict = scanned.report().verdict();
    for (FileOutcome member : members) {
      verdict = verdict.worse(member.verdict());
    }
    return verdict;
  }

  /// True if a finding says that the file breaks its format.
  public boolean isInvalid() {
    for (Finding finding : scanned.report().findings()) {
      if (finding.implies() == Verdict.INVALID) {
        return true;
      }
    }
    return false;
  }
}
