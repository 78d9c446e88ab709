package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.inventory.advisories.About;
import dev.vidimus.inventory.deps.Dependencies;
import dev.vidimus.inventory.deps.Dependencies.Named;
import dev.vidimus.inventory.deps.Paths;
import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.deps.files.Listing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Packages and findings, for people and for machines.
final class DepsOutput {
  private static final int SHOWN = 160;

  private final Dependencies read;
  private final List<Finding> findings;
  private final @Nullable About about;

  /// @param about of the advisories that were asked; null if none were
  DepsOutput(Dependencies read, List<Finding> findings, @Nullable About about) {
    this.read = read;
    this.findings = findings;
    this.about = about;
  }

  JsonWriter json() {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.deps/1");
    if (about != null) {
      json.name("advisories").written(AdvisoryFolder.json(about));
    }
    json.name("packages").array();
    for (Map.Entry<String, Listing> file : read.files().entrySet()) {
      Paths paths = new Paths(file.getValue());
      for (Dependency one : file.getValue().packages()) {
        dependency(json, new Named(file.getKey(), one), paths.to(one));
      }
    }
    json.endArray();
    findings(json, findings);
    json.name("notExamined").array();
    for (NotExamined gap : read.notExamined()) {
      json.object().name("file").string(gap.location().path());
      json.name("reason").string(gap.reason()).endObject();
    }
    return json.endArray().endObject();
  }

  static void dependency(JsonWriter json, Named named, List<String> via) {
    Dependency one = named.dependency();
    json.object().name("ecosystem").string(one.ecosystem().word());
    json.name("name").string(one.name()).name("version").string(one.version());
    json.name("wanted").string(one.wanted());
    json.name("source").object().name("kind").string(one.origin().kind().word());
    json.name("address").string(one.origin().address());
    json.name("reference").string(one.origin().reference()).endObject();
    json.name("hashes").array();
    one.hashes().forEach(json::string);
    json.endArray().name("marker").string(one.marker());
    json.name("file").string(named.file()).name("line").number(one.line());
    json.name("via").array();
    via.forEach(json::string);
    json.endArray().endObject();
  }

  static void findings(JsonWriter json, List<Finding> findings) {
    json.name("findings").array();
    for (Finding finding : findings) {
      json.object().name("rule").string(finding.rule().text());
      json.name("level").string(level(finding)).name("implies").string(finding.implies().word());
      json.name("file").string(finding.location().path());
      json.name("message").string(finding.message());
      json.name("evidence").string(finding.evidence());
      json.name("fix").string(finding.fix()).endObject();
    }
    json.endArray();
  }

  static String count(long number, String what) {
    return number + " " + (number == 1 ? what : what + "s");
  }

  private static String level(Finding finding) {
    return finding.level().name().toLowerCase(Locale.ROOT);
  }

  String text(boolean all) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Listing> file : read.files().entrySet()) {
      Listing listing = file.getValue();
      text.append(Printable.of(file.getKey(), SHOWN)).append("  (").append(listing.kind());
      text.append(", ").append(count(listing.packages().size(), "package"));
      text.append(listing.isLock() ? ", locked)\n" : ")\n");
      if (all) {
        for (Dependency one : listing.packages()) {
          String version = one.version().isEmpty() ? one.wanted() : one.version();
          text.append("  ").append(one.ecosystem().word()).append(' ');
          text.append(Printable.of(one.name() + " " + version, SHOWN)).append('\n');
        }
      }
    }
    lines(text, findings);
    for (NotExamined gap : read.notExamined()) {
      text.append("not examined  ").append(Printable.of(gap.location().path(), SHOWN));
      text.append(": ").append(Printable.of(gap.reason(), SHOWN)).append('\n');
    }
    text.append(count(read.packages().size(), "package")).append(" in ");
    text.append(count(read.files().size(), "file")).append(", ");
    text.append(count(findings.size(), "finding")).append("\n");
    if (about != null) {
      text.append("advisories: ").append(AdvisoryFolder.words(about)).append('\n');
    }
    return text.toString();
  }

  /// Worst first.
  static void lines(StringBuilder text, List<Finding> findings) {
    List<Finding> sorted =
        findings.stream().sorted((left, right) -> right.level().compareTo(left.level())).toList();
    for (Finding finding : sorted) {
      String level = level(finding);
      text.append(level).repeat(' ', 10 - level.length());
      text.append(finding.location().path()).append(": ").append(finding.message());
      if (!finding.evidence().isEmpty()) {
        text.append(" (").append(finding.evidence()).append(')');
      }
      text.append("  ").append(finding.rule()).append('\n');
    }
  }
}
