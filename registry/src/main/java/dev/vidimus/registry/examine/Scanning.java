package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.FolderScan;
import dev.vidimus.scan.Meter;
import dev.vidimus.scan.RuleCatalogue;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.cache.Build;
import dev.vidimus.scan.cache.ContentMemory;
import dev.vidimus.scan.cache.Memory;
import dev.vidimus.scan.cache.ResultStore;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import dev.vidimus.scan.whole.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What would loading it do? The scanner, as `vidimus scan` runs it.
public final class Scanning implements ArtifactExaminer {
  private static final int PRINTED = 300;

  private final FolderScan scan;
  private final String version;
  private final Path results;

  /// @param spool folder for members that are too large for memory
  /// @param results folder of the results of files, by their digests
  /// @param jobs files at once
  /// @param version of this build
  public Scanning(Path spool, Path results, int jobs, String version) {
    this.version = version;
    this.results = results;
    this.scan =
        new FolderScan(
            new ScanExaminer(
                new ScanOptions(Limits.DEFAULT, false),
                Allowlist.of(Profile.ALL),
                new Spool(spool, Limits.DEFAULT.spoolBytes())),
            jobs,
            false,
            false);
  }

  @Override
  public String id() {
    return "scan";
  }

  @Override
  public String version() {
    return version;
  }

  /// Rules and their levels; the tables of allowed names belong to the version.
  @Override
  public String ruleSet() {
    StringBuilder rules = new StringBuilder(version);
    for (Rule rule : RuleCatalogue.all()) {
      rules.append('\n').append(rule.id()).append(' ').append(rule.level()).append(' ');
      rules.append(rule.implies());
    }
    return Digest.sha256(rules.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public Found examine(Quarantined subject, Meter meter) throws IOException {
    Collected all = new Collected();
    scan.remembering(memory(subject)).scan(subject.snapshot(), meter, all);
    JsonMembers facts = new JsonMembers().put("formats", all.formats);
    return new Found(
        all.verdict,
        all.findings,
        all.notExamined,
        facts.put("repository", all.together.facts()).object());
  }

  /// The digests are those of this very intake.
  private Memory memory(Quarantined subject) {
    Map<String, Digest> digests = new HashMap<>();
    subject.identity().files().forEach(file -> digests.put(file.path(), file.sha256()));
    String build = Build.fingerprint(System.getProperty("java.class.path", ""));
    return new ContentMemory(new ResultStore(results), ruleSet() + " " + build, digests);
  }

  private static final class Collected implements FolderScan.Receiver {
    private final Together together = new Together();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notExamined = new ArrayList<>();
    private final TreeSet<String> formats = new TreeSet<>();
    private Verdict verdict = Verdict.CLEAN;

    @Override
    public void whole(Whole whole) {
      together.take(whole);
    }

    @Override
    public void accept(FileOutcome outcome) {
      verdict = verdict.worse(outcome.verdict());
      findings.addAll(outcome.scanned().report().findings());
      outcome.scanned().report().findings().forEach(together::take);
      if (!outcome.isWhole()) {
        formats.add(outcome.scanned().report().format());
      }
      for (NotExamined part : outcome.scanned().report().notExamined()) {
        notExamined.add(Printable.of(part.location().path() + ": " + part.reason(), PRINTED));
      }
      long dropped = outcome.scanned().dropped();
      if (dropped > 0) {
        notExamined.add(outcome.path() + ": " + dropped + " more findings");
      }
    }
  }
}
