package dev.vidimus.scan.inspection;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.Spool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the scan of one top-level file collects, and what it may still cost. Used by one thread.
public final class Inspection {
  private static final int MOST_REFERENCES = 5_000;
  private static final int LONGEST_TARGET = 300;
  private static final int LONGEST_REASON = 100;

  private final ScanOptions options;
  private final Budget budget;
  private final Spool spool;
  private final Scanner router;
  private final Set<Finding> findings = new LinkedHashSet<>();
  private final Set<NotExamined> notExamined = new LinkedHashSet<>();
  private final List<Explanation> explanations = new ArrayList<>();
  private final Set<Reference> references = new LinkedHashSet<>();
  private boolean refersToMore;
  private long dropped;

  /// @param router examines nested targets by every reading that their content allows
  public Inspection(ScanOptions options, Spool spool, Scanner router) {
    this.options = options;
    this.budget = new Budget(options.limits());
    this.spool = spool;
    this.router = router;
  }

  /// A readable line of what loading would do.
  ///
  /// @param location the stream and the offset of the opcode
  /// @param line Python-like, printable
  public record Explanation(Location location, String line) {}

  /// What the caller asked for.
  public ScanOptions options() {
    return options;
  }

  /// What the top-level file may still cost.
  public Budget budget() {
    return budget;
  }

  /// Where inflated members go.
  public Spool spool() {
    return spool;
  }

  /// Records a finding; the same finding twice is one.
  public void report(Finding finding) {
    if (findings.size() < budget.limits().findings()) {
      findings.add(finding);
    } else if (!findings.contains(finding)) {
      keepWorse(finding);
    }
  }

  // Past the bound only the verdict must not be lost: the worst finding replaces a milder last one.
  private void keepWorse(Finding finding) {
    dropped++;
    Finding last = findings.stream().reduce((a, b) -> b).orElseThrow();
    if (finding.implies().compareTo(last.implies()) > 0) {
      findings.remove(last);
      findings.add(finding);
    }
  }

  /// Records a part that was not examined; the file is then incomplete at best.
  public void notExamined(Location location, String reason) {
    if (notExamined.size() < budget.limits().findings()) {
      notExamined.add(new NotExamined(location, reason));
    } else {
      dropped++;
    }
  }

  /// Records how reading ended: malformed bytes are a finding of the given rule, a limit or an
  /// unsupported feature is a part not examined.
  public void ended(Location location, FormatException cause, Rule malformed) {
    String problem = Printable.of(cause.where() + ": " + cause.problem(), 300);
    switch (cause) {
      case FormatException.Malformed bad ->
          report(malformed.at(location.at(bad.offset()), problem, ""));
      case FormatException.LimitExceeded over -> notExamined(location.at(over.offset()), problem);
      case FormatException.Unsupported feature ->
          notExamined(location.at(feature.offset()), problem);
    }
  }

  /// Records what the file says about something else; members of archives do not count, whose
  /// names are relative to other folders.
  public void refer(Reference.Kind kind, String target, String by, Location location) {
    if (!location.member().isEmpty() || target.isBlank()) {
      return;
    }
    if (references.size() == MOST_REFERENCES) {
      refersToMore = true;
      return;
    }
    references.add(
        new Reference(
            kind,
            Printable.of(target, LONGEST_TARGET),
            Printable.of(by, LONGEST_REASON),
            Location.of(location.file())));
  }

  /// Examines a member or stream inside the target by every reading that its content allows.
  public void examine(Target target) throws IOException {
    router.scan(target, this);
  }

  /// Adds a line to the reconstruction; ignored unless [ScanOptions#explain()].
  public void explain(Location location, String line) {
    if (options.explain()) {
      explanations.add(new Explanation(location, line));
    }
  }

  /// What was found, in the order of reporting.
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /// What was not examined.
  public List<NotExamined> notExamined() {
    return List.copyOf(notExamined);
  }

  /// The reconstruction, in the order of execution.
  public List<Explanation> explanations() {
    return List.copyOf(explanations);
  }

  /// What the file says about something else, in the order of reading.
  public List<Reference> references() {
    return List.copyOf(references);
  }

  /// Whether there were more references than are kept.
  public boolean refersToMore() {
    return refersToMore;
  }

  /// Findings and gaps over the bound, which were counted but not kept.
  public long dropped() {
    return dropped;
  }
}
