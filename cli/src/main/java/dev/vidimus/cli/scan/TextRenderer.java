package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.cli.host.Host;
import dev.vidimus.registry.hub.HubView;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.RuleCatalogue;
import dev.vidimus.scan.inspection.Inspection.Explanation;
import dev.vidimus.scan.suppression.Suppressed;
import dev.vidimus.scan.suppression.Suppression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// For people: the verdict first, then what, where, why it matters and what to do, file by file.
final class TextRenderer implements Renderer {
  private static final int MOST_FINDINGS = 10;
  private static final int MOST_GAPS = 5;
  private static final int LONGEST_PATH = 300;
  private static final List<Verdict> WORST_FIRST =
      List.of(
          Verdict.MALICIOUS,
          Verdict.SUSPICIOUS,
          Verdict.INVALID,
          Verdict.INCOMPLETE,
          Verdict.CLEAN);

  private final Host host;
  private final ScanSettings settings;
  private final Style style;

  /// Whether the files of this PATH need its name before theirs.
  private String prefix = "";
  private boolean isFolder;

  TextRenderer(Host host, ScanSettings settings) {
    this.host = host;
    this.settings = settings;
    this.style = new Style(host);
  }

  @Override
  public void beginPath(Source source) {
    isFolder = source.isFolder();
    String path = source.path();
    prefix = !isFolder ? "" : path.endsWith("/") ? path : path + "/";
  }

  @Override
  public void file(FileOutcome outcome) throws IOException {
    Verdict verdict = outcome.verdict();
    List<Finding> findings = shown(outcome.scanned().report().findings());
    List<NotExamined> gaps = outcome.scanned().report().notExamined();
    boolean isQuiet =
        verdict == Verdict.CLEAN
            && findings.isEmpty()
            && outcome.suppressed().isEmpty()
            && !settings.explain();
    if (isQuiet && (settings.quiet() || (isFolder && !settings.verbose() && !settings.digest()))) {
      return;
    }
    StringBuilder text = new StringBuilder();
    title(text, outcome);
    findings(text, findings, outcome.scanned().dropped());
    suppressed(text, outcome.suppressed());
    gaps(text, gaps);
    explanation(text, outcome.scanned().explanation());
    if (!isQuiet) {
      text.append('\n');
    }
    host.print(text.toString());
  }

  private void title(StringBuilder text, FileOutcome outcome) {
    String name = outcome.isWhole() ? "" : outcome.path();
    text.append(style.verdict(outcome.verdict())).append("  ");
    text.append(style.strong(Printable.of(isFolder ? prefix + name : name, LONGEST_PATH)));
    if (outcome.isWhole()) {
      text.append(style.faint("  (all files together)"));
    } else if (outcome.failure() == null) {
      text.append(style.faint("  (" + outcome.scanned().report().format() + ", "));
      text.append(style.faint(Human.size(outcome.scanned().report().bytes()) + ")"));
    }
    text.append('\n');
    Digest digest = outcome.digest();
    if (digest != null) {
      text.append("    ").append(style.faint(digest.toString())).append('\n');
    }
  }

  /// Worst first; mere information only when asked for.
  private List<Finding> shown(List<Finding> all) {
    List<Finding> shown = new ArrayList<>();
    for (Finding finding : all) {
      if (finding.level() != Level.INFO || settings.verbose()) {
        shown.add(finding);
      }
    }
    shown.sort(
        (a, b) -> {
          int verdicts = b.implies().compareTo(a.implies());
          return verdicts != 0 ? verdicts : b.level().compareTo(a.level());
        });
    return shown;
  }

  private void findings(StringBuilder text, List<Finding> findings, long dropped) {
    Set<String> fixes = new HashSet<>();
    int most = settings.verbose() ? Integer.MAX_VALUE : MOST_FINDINGS;
    for (int i = 0; i < Math.min(findings.size(), most); i++) {
      finding(text, findings.get(i), fixes);
    }
    long more = Math.max(0, findings.size() - most) + dropped;
    if (more > 0) {
      text.append("\n  … and ").append(Human.count(more, "finding"));
      text.append(" more (use --format json)\n");
    }
  }

  private void finding(StringBuilder text, Finding finding, Set<String> fixes) {
    text.append("\n  ").append(finding.message()).append('\n');
    if (!finding.evidence().isEmpty() && !finding.message().contains(finding.evidence())) {
      row(text, "code", finding.evidence());
    }
    String where = where(finding.location());
    if (!where.isEmpty()) {
      row(text, "where", where);
    }
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    row(
        text,
        "why",
        RuleCatalogue.title(finding.rule()) + " (" + finding.rule() + ", " + level + ")");
    if (fixes.add(finding.fix())) {
      row(text, "do", finding.fix());
    }
  }

  private void suppressed(StringBuilder text, List<Suppressed> all) {
    int most = settings.verbose() ? Integer.MAX_VALUE : MOST_FINDINGS;
    for (Suppressed one : all.subList(0, Math.min(all.size(), most))) {
      Suppression by = one.by();
      text.append("\n  suppressed: ").append(one.finding().message());
      text.append(" (").append(by.rule()).append(")\n");
      row(text, "why", Printable.of(by.reason(), LONGEST_PATH));
      row(text, "who", Printable.of(by.owner(), LONGEST_PATH) + ", until " + by.expires());
    }
    if (all.size() > most) {
      text.append("\n  … and ").append(Human.count(all.size() - most, "suppressed finding"));
      text.append(" more (use --format json)\n");
    }
  }

  private void row(StringBuilder text, String label, String content) {
    text.append("    ").append(style.faint(label)).repeat(' ', 7 - label.length());
    text.append(content).append('\n');
  }

  private static String where(Location place) {
    if (place.offset() < 0) {
      return place.member();
    }
    String offset = Human.offset(place.offset());
    return place.member().isEmpty() ? offset : place.member() + ", " + offset;
  }

  private void gaps(StringBuilder text, List<NotExamined> gaps) {
    for (int i = 0; i < Math.min(gaps.size(), MOST_GAPS); i++) {
      NotExamined gap = gaps.get(i);
      text.append("\n  not examined: ").append(gap.reason()).append('\n');
      String where = where(gap.location());
      if (!where.isEmpty()) {
        row(text, "where", where);
      }
    }
    if (gaps.size() > MOST_GAPS) {
      text.append("\n  … and ").append(Human.count(gaps.size() - MOST_GAPS, "part"));
      text.append(" more not examined (use --format json)\n");
    }
  }

  private void explanation(StringBuilder text, List<Explanation> lines) {
    if (!settings.explain()) {
      return;
    }
    text.append(
        lines.isEmpty()
            ? "\n  Loading imports and calls nothing.\n"
            : "\n  Loading would do this, in order:\n");
    String member = "";
    for (Explanation line : lines) {
      Location place = line.location();
      if (!place.member().equals(member)) {
        member = place.member();
        text.append("    in ").append(member).append(":\n");
      }
      String offset =
          place.offset() < 0
              ? ""
              : Human.number(place.offset()) + " (0x" + Long.toHexString(place.offset()) + ")";
      text.append("    ").append(style.faint(offset));
      text.repeat(' ', Math.max(1, 20 - offset.length())).append(line.line()).append('\n');
    }
  }

  @Override
  public void endPath(PathResult result) throws IOException {
    Source source = result.source();
    StringBuilder text = new StringBuilder();
    IOException failure = source.failure();
    if (failure != null) {
      host.tell(hint(source));
    }
    if (source.isFolder() && !(settings.quiet() && result.verdict() == Verdict.CLEAN)) {
      text.append(style.verdict(result.verdict())).append("  ");
      text.append(style.strong(Printable.of(source.path(), LONGEST_PATH))).append(": ");
      summary(text, result);
    }
    Digest digest = result.digest();
    if (digest != null) {
      text.append("    ").append(style.faint("snapshot " + digest)).append('\n');
    }
    if (settings.verbose()) {
      for (Throwable problem : result.failures()) {
        host.tell("vidimus: " + problem + "\n");
      }
    }
    host.print(text.toString());
  }

  private static String hint(Source source) {
    if (source.failure() instanceof Refusal refusal) {
      return refusal.hint().isEmpty() ? "" : "hint: " + refusal.hint() + "\n";
    }
    return source.path().equals(Source.STANDARD_INPUT)
        ? ""
        : "hint: PATH is a file, a folder, - for standard input, or org/name in the local hub"
            + " cache\n";
  }

  private static void summary(StringBuilder text, PathResult result) {
    text.append(Human.count(result.files(), "file"));
    String separator = ": ";
    for (Verdict verdict : WORST_FIRST) {
      if (result.count(verdict) > 0) {
        text.append(separator).append(Human.number(result.count(verdict))).append(' ');
        text.append(verdict.word());
        separator = ", ";
      }
    }
    if (result.together() != Verdict.CLEAN) {
      text.append("; together ").append(result.together().word());
    }
    int excluded = result.source().excluded().size();
    if (excluded > 0) {
      text.append("; ").append(Human.number(excluded)).append(" left out as you asked");
    }
    text.append("; ").append(Human.size(result.bytes()));
    text.append(" in ").append(Human.time(result.millis())).append('\n');
    HubView view = result.source().view();
    if (view != null) {
      text.append("    at ").append(view.commit()).append(": ");
      text.append(Human.size(view.fetched())).append(" were fetched, ");
      text.append(Human.size(Math.max(0, result.source().size() - view.fetched())));
      text.append(" were not needed\n");
    }
  }
}
