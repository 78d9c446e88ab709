package dev.vidimus.scan;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one file of a snapshot.
///
/// @param scanned the outcome; of a file that could not be read, that it was not examined
/// @param digest SHA-256 of the bytes; null if nobody asked or they could not be read
/// @param failure why the file could not be scanned: the world failed (an `IOException`) or we did
/// @param members of an archive that is treated as a folder: what became of each; the rest of the
///     outcome is then what concerns none of them
public record FileOutcome(
    ScannedFile scanned,
    @Nullable Digest digest,
    @Nullable Throwable failure,
    List<FileOutcome> members) {
  public FileOutcome {
    members = List.copyOf(members);
  }

  /// An outcome that is one finding about something that is no regular file.
  ///
  /// @param format what it is instead
  public static FileOutcome of(Finding finding, String format) {
    Report report = new Report(finding.location(), format, List.of(finding), List.of(), 0);
    return new FileOutcome(new ScannedFile(report, List.of(), 0), null, null, List.of());
  }

  /// The same with one finding more.
  public FileOutcome with(Finding finding) {
    return new FileOutcome(scanned.with(finding), digest, failure, members);
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
