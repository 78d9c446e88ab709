package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.scan.FileOutcome;
import java.io.IOException;

/// `--format junit`: a test suite a PATH, a test a file. A file that reaches `--fail-on` is a
/// failure, one that nobody can tell about an error.
final class JunitRenderer implements Renderer {
  private static final int LONGEST_PATH = 300;

  private final Host host;
  private final ScanSettings settings;
  private final StringBuilder cases = new StringBuilder();
  private String path = "";
  private int failures;
  private int errors;
  private int skipped;

  JunitRenderer(Host host, ScanSettings settings) {
    this.host = host;
    this.settings = settings;
  }

  @Override
  public void begin() throws IOException {
    host.print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
  }

  @Override
  public void beginPath(Source source) {
    cases.setLength(0);
    path = source.path();
    failures = 0;
    errors = 0;
    skipped = source.excluded().size();
    for (Selection.Excluded excluded : source.excluded()) {
      open(excluded.path()).append(">\n      <skipped");
      attribute("message", excluded.reason()).append("/>\n    </testcase>\n");
    }
  }

  @Override
  public void file(FileOutcome outcome) {
    ExitCode answer = settings.answer(outcome);
    open(outcome.path());
    if (answer == ExitCode.YES) {
      cases.append("/>\n");
      return;
    }
    boolean fails = answer == ExitCode.NO;
    failures += fails ? 1 : 0;
    errors += fails ? 0 : 1;
    String element = fails ? "failure" : "error";
    cases.append(">\n      <").append(element);
    attribute("type", outcome.verdict().word());
    attribute("message", headline(outcome)).append('>');
    for (Finding finding : outcome.scanned().report().findings()) {
      text(finding.rule() + " " + place(finding.location()) + ": " + finding.message() + "\n");
    }
    for (NotExamined gap : outcome.scanned().report().notExamined()) {
      text("not examined " + place(gap.location()) + ": " + gap.reason() + "\n");
    }
    cases.append("</").append(element).append(">\n    </testcase>\n");
  }

  private static String headline(FileOutcome outcome) {
    for (Finding finding : outcome.scanned().report().findings()) {
      if (finding.implies() == outcome.verdict()) {
        return outcome.verdict().word() + ": " + finding.message();
      }
    }
    return outcome.verdict().word();
  }

  private static String place(Location place) {
    String path = Printable.of(place.path(), LONGEST_PATH);
    return place.offset() < 0 ? path : path + " at " + Human.offset(place.offset());
  }

  @Override
  public void endPath(PathResult result) throws IOException {
    String suite = cases.toString();
    cases.setLength(0);
    cases.append("  <testsuite");
    attribute("name", Printable.of(path, LONGEST_PATH));
    attribute("tests", String.valueOf(result.files() + skipped));
    attribute("failures", String.valueOf(failures));
    attribute("errors", String.valueOf(errors));
    attribute("skipped", String.valueOf(skipped));
    long millis = result.millis() % 1000;
    String fraction = millis < 10 ? "00" + millis : millis < 100 ? "0" + millis : "" + millis;
    attribute("time", result.millis() / 1000 + "." + fraction).append(">\n");
    cases.append(suite).append("  </testsuite>\n");
    host.print(cases.toString());
  }

  @Override
  public void end() throws IOException {
    host.print("</testsuites>\n");
  }

  private StringBuilder open(String file) {
    cases.append("    <testcase");
    attribute("classname", Printable.of(path, LONGEST_PATH));
    return attribute("name", Printable.of(file, LONGEST_PATH));
  }

  private StringBuilder attribute(String name, String value) {
    cases.append(' ').append(name).append("=\"");
    text(value);
    return cases.append('"');
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> cases.append("&lt;");
        case '>' -> cases.append("&gt;");
        case '&' -> cases.append("&amp;");
        case '"' -> cases.append("&quot;");
        case '\n' -> cases.append('\n');
        default -> {
          boolean isPair =
              Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1));
          if (isPair) {
            cases.append(c).append(text.charAt(++i));
          } else if (c < ' ' || Character.isSurrogate(c) || c >= 0xfffe) {
            cases.append('\ufffd'); // XML has no way to write these
          } else {
            cases.append(c);
          }
        }
      }
    }
  }
}
