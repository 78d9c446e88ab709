package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.host.Host;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.RuleCatalogue;
import dev.vidimus.scan.suppression.Suppressed;
import dev.vidimus.scan.suppression.Suppression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `--format sarif`: one run of [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/).
///
/// Findings are results. What was not examined is no result but a notification of the tool, as the
/// standard's section 3.20.21 has it.
final class SarifRenderer implements Renderer {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String UNRESERVED = "-._~/!$&'()*+,;=@";

  private final Host host;
  private final String version;
  private final JsonWriter json = new JsonWriter();
  private final TreeSet<String> rules = new TreeSet<>();
  private final List<JsonWriter> notifications = new ArrayList<>();
  private boolean isSuccessful = true;
  private String prefix = "";

  SarifRenderer(Host host, String version) {
    this.host = host;
    this.version = version;
  }

  @Override
  public void begin() {
    json.object().name("$schema").string(SCHEMA).name("version").string("2.1.0");
    json.name("runs").array().object().name("results").array();
  }

  @Override
  public void beginPath(Source source) {
    String path = source.path();
    prefix = source.isFolder() ? (path.endsWith("/") ? path : path + "/") : "";
    for (Selection.Excluded excluded : source.excluded()) {
      notify("note", Location.of(excluded.path()), excluded.reason());
    }
  }

  @Override
  public void file(FileOutcome outcome) {
    for (Finding finding : outcome.scanned().report().findings()) {
      result(finding, null);
    }
    for (Suppressed one : outcome.suppressed()) {
      result(one.finding(), one.by());
    }
    for (NotExamined gap : outcome.scanned().report().notExamined()) {
      notify("warning", gap.location(), "not examined: " + gap.reason());
    }
    isSuccessful &= outcome.failure() == null;
  }

  @Override
  public void endPath(PathResult result) {}

  @Override
  public void end() throws IOException {
    json.endArray();
    json.name("tool").object().name("driver").object();
    json.name("name").string("Vidimus").name("version").string(version);
    json.name("rules").array();
    for (String id : rules) {
      rule(id);
    }
    json.endArray().endObject().endObject();
    json.name("invocations").array().object();
    json.name("executionSuccessful").bool(isSuccessful);
    json.name("toolExecutionNotifications").array();
    for (JsonWriter notification : notifications) {
      json.written(notification);
    }
    json.endArray().endObject().endArray().endObject().endArray().endObject();
    host.print(json + "\n");
  }

  private void result(Finding finding, @Nullable Suppression suppression) {
    String id = finding.rule().text();
    rules.add(id);
    json.object().name("ruleId").string(id).name("level").string(level(finding.level()));
    json.name("message").object().name("text").string(message(finding)).endObject();
    locations(json, finding.location());
    if (suppression != null) {
      json.name("suppressions").array().object().name("kind").string("external");
      json.name("status").string("accepted");
      json.name("justification").string(suppression.reason());
      json.name("properties").object().name("owner").string(suppression.owner());
      json.name("expires").string(suppression.expires().toString()).endObject();
      json.endObject().endArray();
    }
    json.name("partialFingerprints").object();
    json.name("findingAndPlace/v1").string(fingerprint(finding)).endObject();
    json.name("properties").object();
    json.name("level").string(word(finding.level()));
    json.name("implies").string(finding.implies().word());
    json.name("evidence").string(finding.evidence());
    json.name("fix").string(finding.fix()).endObject();
    json.endObject();
  }

  private static String message(Finding finding) {
    String member = finding.location().member();
    String where = member.isEmpty() ? "" : " (in " + member + ")";
    return finding.message() + where;
  }

  /// Without the offset, which changes whenever something before it does.
  private static String fingerprint(Finding finding) {
    Location place = finding.location();
    String text =
        finding.rule() + "\n" + place.file() + "\n" + place.member() + "\n" + finding.message();
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private void locations(JsonWriter to, Location place) {
    to.name("locations").array().object().name("physicalLocation").object();
    to.name("artifactLocation").object().name("uri").string(uri(prefix + place.file())).endObject();
    to.name("region").object().name("startLine").number(1); // viewers of code insist on a line
    if (place.offset() >= 0 && place.member().isEmpty()) {
      to.name("byteOffset").number(place.offset());
    }
    to.endObject().endObject();
    if (!place.member().isEmpty()) {
      to.name("logicalLocations").array().object();
      to.name("fullyQualifiedName").string(place.path()).name("kind").string("member").endObject();
      to.endArray();
    }
    to.endObject().endArray();
  }

  private void notify(String level, Location place, String text) {
    JsonWriter notification = new JsonWriter();
    notification.object().name("level").string(level);
    notification.name("message").object().name("text").string(text).endObject();
    locations(notification, place);
    notification.endObject();
    notifications.add(notification);
  }

  private void rule(String id) {
    Rule rule = RuleCatalogue.find(id);
    if (rule == null) {
      throw new IllegalStateException("no catalogue has the rule " + id);
    }
    json.object().name("id").string(id);
    text("shortDescription", rule.title());
    text("help", rule.fix());
    json.name("defaultConfiguration").object();
    json.name("level").string(level(rule.level())).endObject();
    json.name("properties").object().name("tags").array().string("security");
    if (!rule.cwe().isEmpty()) {
      json.string("external/cwe/" + rule.cwe().toLowerCase(Locale.ROOT));
    }
    for (String tag : List.of(rule.atlas(), rule.owasp())) {
      if (!tag.isEmpty()) {
        json.string(tag);
      }
    }
    json.endArray().name("security-severity").string(severity(rule.level()));
    json.endObject().endObject();
  }

  private void text(String name, String text) {
    json.name(name).object().name("text").string(text).endObject();
  }

  private static String level(Level level) {
    return switch (level) {
      case INFO, LOW -> "note";
      case MEDIUM -> "warning";
      case HIGH, CRITICAL -> "error";
    };
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /// In the range of CVSS that viewers give the same name.
  private static String severity(Level level) {
    return switch (level) {
      case INFO -> "0.0";
      case LOW -> "2.5";
      case MEDIUM -> "5.5";
      case HIGH -> "8.0";
      case CRITICAL -> "9.5";
    };
  }

  /// A path as a URI reference, [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-4.2).
  static String uri(String path) {
    StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file://" : "");
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isAlphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (isAlphanumeric || UNRESERVED.indexOf(c) >= 0) {
        uri.append(c);
      } else {
        uri.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        uri.append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
      }
    }
    return uri.toString();
  }
}
