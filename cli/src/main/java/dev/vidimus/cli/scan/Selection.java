package dev.vidimus.cli.scan;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.formats.git.GitBaseline;
import dev.vidimus.formats.git.NoSuchRevisionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What of a snapshot is scanned. What the caller leaves out is listed, never forgotten.
///
/// @param snapshot what remains
/// @param excluded what was left out, and why
record Selection(Snapshot snapshot, List<Excluded> excluded) {
  private static final String GIT = ".git";

  /// A file that the caller chose to leave out.
  record Excluded(String path, String reason) {}

  /// Everything.
  static Selection all(Snapshot snapshot) {
    return new Selection(snapshot, List.of());
  }

  /// Why a file is left out; empty if it is not.
  private interface Reason {
    String of(Snapshot.Entry entry) throws IOException, FormatException;
  }

  /// Paths of what was left out.
  List<String> leftOut() {
    List<String> paths = new ArrayList<>();
    for (Excluded one : excluded) {
      paths.add(one.path());
    }
    return paths;
  }

  Selection without(List<Exclusion> exclusions) {
    List<Snapshot.Refused> refused = new ArrayList<>();
    List<Excluded> out = new ArrayList<>(excluded);
    for (Snapshot.Refused one : snapshot.refused()) {
      String reason = Exclusion.reason(exclusions, one.path());
      if (reason.isEmpty()) {
        refused.add(one);
      } else {
        out.add(new Excluded(one.path(), reason));
      }
    }
    Snapshot kept = new Snapshot(snapshot.root(), snapshot.entries(), refused);
    try {
      return new Selection(kept, out).filter(entry -> Exclusion.reason(exclusions, entry.path()));
    } catch (IOException | FormatException e) {
      throw new IllegalStateException("patterns are matched in memory", e);
    }
  }

  /// Leaves out what is as it was in a commit, and git's own folder.
  ///
  /// @param place the folder or file
  /// @throws UsageException if there is no such commit
  /// @throws IOException if the repository cannot be read
  Selection changedSince(String revision, Path place) throws IOException, UsageException {
    try (GitBaseline baseline = GitBaseline.of(place, revision)) {
      String unchanged = "unchanged since " + revision;
      return filter(
          entry -> {
            boolean isGit = entry.path().equals(GIT) || entry.path().startsWith(GIT + "/");
            return isGit ? "git's own" : baseline.hasSame(entry.file()) ? unchanged : "";
          });
    } catch (NoSuchRevisionException e) {
      throw new UsageException(
          String.valueOf(e.getMessage()), "REF is a branch, a tag or a commit of this repository");
    } catch (FormatException e) {
      throw new IOException("the git repository cannot be read: " + e.getMessage(), e);
    }
  }

  private Selection filter(Reason reasons) throws IOException, FormatException {
    List<Snapshot.Entry> entries = new ArrayList<>();
    List<Excluded> out = new ArrayList<>(excluded);
    for (Snapshot.Entry entry : snapshot.entries()) {
      String reason = reasons.of(entry);
      if (reason.isEmpty()) {
        entries.add(entry);
      } else {
        out.add(new Excluded(entry.path(), reason));
      }
    }
    return new Selection(new Snapshot(snapshot.root(), entries, snapshot.refused()), out);
  }
}
