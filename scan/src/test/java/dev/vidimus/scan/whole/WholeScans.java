package dev.vidimus.scan.whole;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.FolderScan;
import dev.vidimus.scan.Meter;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder of files, written and scanned.
final class WholeScans {
  private final Path folder;
  private final List<FileOutcome> outcomes = new ArrayList<>();
  private Whole whole = Whole.NOTHING;

  WholeScans(Path folder) {
    this.folder = folder;
  }

  /// @param text with `'` in place of `"` if it is JSON
  WholeScans with(String path, String text) throws IOException {
    String content = path.endsWith(".json") ? text.replace('\'', '"') : text;
    return with(path, content.getBytes(StandardCharsets.UTF_8));
  }

  WholeScans with(String path, byte[] content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  Whole scan() throws IOException {
    outcomes.clear();
    ScanExaminer examiner =
        new ScanExaminer(
            new ScanOptions(Limits.DEFAULT, false),
            Allowlist.of(Profile.ALL),
            new Spool(folder.resolve("../spool"), 1 << 20));
    new FolderScan(examiner, 1, false, false)
        .scan(
            Snapshot.of(folder),
            new Meter(),
            new FolderScan.Receiver() {
              @Override
              public void accept(FileOutcome outcome) {
                outcomes.add(outcome);
              }

              @Override
              public void whole(Whole found) {
                whole = found;
              }
            });
    return whole;
  }

  /// Rule and message of everything that the files show together.
  List<String> findings() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Finding finding : scan().findings()) {
      lines.add(finding.rule() + " " + finding.message());
    }
    return lines;
  }

  /// What is not here.
  List<String> gaps() throws IOException {
    return scan().notExamined().stream().map(gap -> gap.reason()).toList();
  }

  /// `from kind to (by)`.
  List<String> edges() throws IOException {
    return scan().graph().edges().stream()
        .map(e -> e.from() + " " + e.kind().word() + " " + e.to() + " (" + e.by() + ")")
        .toList();
  }

  List<FileOutcome> outcomes() {
    return outcomes;
  }
}
