package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.scan.FileOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one PATH: sums while it goes on, the answer at its end.
final class PathResult {
  private final Source source;
  private final ScanSettings settings;
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private final Map<String, Digest> digests = new HashMap<>();
  private final Map<String, Digest> members = new HashMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private Verdict verdict = Verdict.CLEAN;
  private Verdict together = Verdict.CLEAN;
  private ExitCode answer = ExitCode.YES;
  private int files;
  private int unpacked;
  private long bytes;
  private long millis;

  PathResult(Source source, ScanSettings settings) {
    this.source = source;
    this.settings = settings;
  }

  void add(FileOutcome outcome) {
    bytes += outcome.scanned().report().bytes();
    count(outcome);
    for (FileOutcome member : outcome.members()) {
      count(member); // whose bytes are the archive's
      Digest digest = member.digest();
      if (digest != null) {
        members.put(member.path().substring(outcome.path().length() + 2), digest);
      }
    }
    unpacked += outcome.members().size();
  }

  private void count(FileOutcome outcome) {
    if (outcome.isWhole()) {
      together = outcome.verdict();
    } else {
      files++;
      counts.merge(outcome.verdict(), 1, Integer::sum);
    }
    verdict = verdict.worse(outcome.verdict());
    answer = answer.worse(settings.answer(outcome));
    Digest digest = outcome.digest();
    if (digest != null) {
      digests.put(outcome.path(), digest);
    }
    Throwable failure = outcome.failure();
    if (failure != null) {
      failures.add(failure);
    }
  }

  PathResult end(long elapsed) {
    this.millis = elapsed;
    return this;
  }

  /// The snapshot digest; null if it was not asked for or there is none: a file was left out, could
  /// not be read, or has a name that cannot be listed.
  @Nullable Digest digest() {
    Snapshot snapshot = source.snapshot();
    if (digests.isEmpty() || !failures.isEmpty() || !source.excluded().isEmpty()) {
      return null;
    }
    for (Snapshot.Refused refused : snapshot.refused()) {
      if (refused.reason() == Snapshot.Reason.NAME) {
        return null;
      }
    }
    if (source.isFolder()) {
      return snapshot.digest(digests);
    }
    return unpacked > 0 ? ofMembers(snapshot) : ofFile(snapshot);
  }

  /// An archive that is treated as a folder is the list of its members.
  private @Nullable Digest ofMembers(Snapshot snapshot) {
    if (members.size() < unpacked) {
      return null; // a member could not be opened, or two have the same name
    }
    List<Snapshot.Entry> entries = new ArrayList<>();
    for (String name : members.keySet()) {
      entries.add(new Snapshot.Entry(name, 0, snapshot.root()));
    }
    entries.sort((a, b) -> Arrays.compareUnsigned(utf8(a.path()), utf8(b.path())));
    return new Snapshot(snapshot.root(), entries, List.of()).digest(members);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A single file is a list of one line, with its base name.
  private @Nullable Digest ofFile(Snapshot snapshot) {
    if (snapshot.entries().isEmpty()) {
      return null; // standard input has no name
    }
    Snapshot.Entry entry = snapshot.entries().getFirst();
    Digest digest = digests.get(entry.path());
    if (digest == null) {
      return null;
    }
    String name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
    Snapshot.Entry named = new Snapshot.Entry(name, entry.size(), entry.file());
    return new Snapshot(snapshot.root(), List.of(named), List.of()).digest(Map.of(name, digest));
  }

  Source source() {
    return source;
  }

  Verdict verdict() {
    return verdict;
  }

  /// Of all files as one thing.
  Verdict together() {
    return together;
  }

  ExitCode answer() {
    return answer;
  }

  int count(Verdict of) {
    return counts.getOrDefault(of, 0);
  }

  int files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  long millis() {
    return millis;
  }

  List<Throwable> failures() {
    return failures;
  }
}
