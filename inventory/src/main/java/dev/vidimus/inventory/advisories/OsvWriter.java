package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.inventory.advisories.Advisory.Affected;
import dev.vidimus.inventory.advisories.Advisory.Event;
import dev.vidimus.inventory.advisories.Advisory.Range;
import dev.vidimus.inventory.advisories.Advisory.Severity;
import java.util.List;

/// Writes what is used of a record, as a record: [OsvReader] reads it again.
final class OsvWriter {
  private OsvWriter() {}

  static String write(Advisory advisory) {
    JsonWriter json = new JsonWriter().object().name("id").string(advisory.id());
    texts(json, "aliases", advisory.aliases());
    text(json, "summary", advisory.summary());
    text(json, "modified", advisory.modified());
    text(json, "withdrawn", advisory.withdrawn());
    if (!advisory.severities().isEmpty()) {
      json.name("severity").array();
      for (Severity severity : advisory.severities()) {
        json.object().name("type").string(severity.kind());
        json.name("score").string(severity.vector()).endObject();
      }
      json.endArray();
    }
    if (!advisory.rating().isEmpty()) {
      json.name("database_specific").object().name("severity").string(advisory.rating());
      json.endObject();
    }
    json.name("affected").array();
    advisory.affected().forEach(affected -> affected(json, affected));
    return json.endArray().endObject().toString();
  }

  private static void affected(JsonWriter json, Affected affected) {
    json.object().name("package").object().name("ecosystem").string(affected.ecosystem());
    json.name("name").string(affected.name()).endObject();
    if (!affected.ranges().isEmpty()) {
      json.name("ranges").array();
      for (Range range : affected.ranges()) {
        json.object().name("type").string(range.kind()).name("events").array();
        for (Event event : range.events()) {
          json.object().name(event.kind().word()).string(event.version()).endObject();
        }
        json.endArray().endObject();
      }
      json.endArray();
    }
    texts(json, "versions", affected.versions());
    json.endObject();
  }

  private static void text(JsonWriter json, String name, String text) {
    if (!text.isEmpty()) {
      json.name(name).string(text);
    }
  }

  private static void texts(JsonWriter json, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      json.name(name).array();
      texts.forEach(json::string);
      json.endArray();
    }
  }
}
