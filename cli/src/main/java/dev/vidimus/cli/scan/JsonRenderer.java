package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.host.Host;
import dev.vidimus.registry.hub.HubView;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.inspection.Inspection.Explanation;
import dev.vidimus.scan.suppression.Suppressed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `--format jsonl`: one object a PATH, printed as it ends. `--format json`: the same objects in
/// one document. `docs/reference/` has their schemas.
final class JsonRenderer implements Renderer {
  private final Host host;
  private final ScanSettings settings;
  private final boolean lines;
  private final JsonWriter document = new JsonWriter();
  private final List<FileOutcome> outcomes = new ArrayList<>();

  JsonRenderer(Host host, ScanSettings settings, boolean lines) {
    this.host = host;
    this.settings = settings;
    this.lines = lines;
  }

  @Override
  public void begin() {
    if (!lines) {
      document.object().name("schema").string("vidimus.scan/1").name("results").array();
    }
  }

  @Override
  public void beginPath(Source source) {
    outcomes.clear();
  }

  @Override
  public void file(FileOutcome outcome) {
    if (settings.digest() || settings.unpack() || hasMore(outcome)) {
      outcomes.add(outcome);
    }
  }

  private static boolean hasMore(FileOutcome outcome) {
    return !outcome.scanned().report().findings().isEmpty()
        || !outcome.scanned().report().notExamined().isEmpty()
        || !outcome.scanned().explanation().isEmpty()
        || !outcome.suppressed().isEmpty()
        || outcome.scanned().dropped() > 0;
  }

  @Override
  public void endPath(PathResult result) throws IOException {
    if (lines) {
      JsonWriter line = new JsonWriter();
      write(line, result);
      host.print(line + "\n");
    } else {
      write(document, result);
    }
  }

  @Override
  public void end() throws IOException {
    if (!lines) {
      host.print(document.endArray().endObject() + "\n");
    }
  }

  private void write(JsonWriter json, PathResult result) {
    json.object().name("schema").string("vidimus.scan/1");
    json.name("path").string(result.source().path());
    json.name("verdict").string(result.verdict().word());
    json.name("findings").array();
    long dropped = 0;
    for (FileOutcome outcome : outcomes) {
      dropped += outcome.scanned().dropped();
      for (Finding finding : outcome.scanned().report().findings()) {
        finding(json, finding);
        json.endObject();
      }
      for (Suppressed one : outcome.suppressed()) {
        suppressed(json, one);
      }
    }
    json.endArray().name("notExamined").array();
    for (FileOutcome outcome : outcomes) {
      for (NotExamined gap : outcome.scanned().report().notExamined()) {
        notExamined(json, gap.location(), gap.reason());
      }
    }
    for (Selection.Excluded excluded : result.source().excluded()) {
      notExamined(json, Location.of(excluded.path()), excluded.reason());
    }
    json.endArray();
    if (dropped > 0) {
      json.name("dropped").number(dropped);
    }
    if (settings.explain()) {
      explanation(json);
    }
    Digest whole = result.digest();
    if (whole != null) {
      json.name("digest").string(whole.toString());
    }
    if (settings.digest() || settings.unpack()) {
      files(json);
    }
    HubView view = result.source().view();
    if (view != null) {
      json.name("hub").object().name("commit").string(view.commit());
      json.name("fetched").number(view.fetched()).name("saved");
      json.number(Math.max(0, result.source().size() - view.fetched())).endObject();
    }
    json.name("bytes").number(result.bytes()).name("millis").number(result.millis()).endObject();
  }

  private static void finding(JsonWriter json, Finding finding) {
    json.object().name("rule").string(finding.rule().text());
    json.name("level").string(finding.level().name().toLowerCase(Locale.ROOT));
    json.name("message").string(finding.message());
    location(json, finding.location());
    json.name("evidence").string(finding.evidence());
  }

  private static void suppressed(JsonWriter json, Suppressed one) {
    finding(json, one.finding());
    json.name("suppressed").object().name("reason").string(one.by().reason());
    json.name("owner").string(one.by().owner());
    json.name("expires").string(one.by().expires().toString()).endObject().endObject();
  }

  private static void notExamined(JsonWriter json, Location place, String reason) {
    json.object();
    location(json, place);
    json.name("reason").string(reason).endObject();
  }

  private static void location(JsonWriter json, Location place) {
    json.name("location").object().name("file").string(place.file()).name("member");
    if (place.member().isEmpty()) {
      json.nothing();
    } else {
      json.string(place.member());
    }
    json.name("offset");
    if (place.offset() < 0) {
      json.nothing();
    } else {
      json.number(place.offset());
    }
    json.endObject();
  }

  private void explanation(JsonWriter json) {
    json.name("explanation").array();
    for (FileOutcome outcome : outcomes) {
      for (Explanation line : outcome.scanned().explanation()) {
        json.object();
        location(json, line.location());
        json.name("line").string(line.line()).endObject();
      }
    }
    json.endArray();
  }

  private void files(JsonWriter json) {
    json.name("files").array();
    for (FileOutcome outcome : outcomes) {
      json.object().name("path").string(outcome.path());
      json.name("bytes").number(outcome.scanned().report().bytes());
      Digest digest = outcome.digest();
      if (digest != null) {
        json.name("digest").string(digest.toString());
      }
      json.name("verdict").string(outcome.verdict().word()).endObject();
    }
    json.endArray();
  }
}
