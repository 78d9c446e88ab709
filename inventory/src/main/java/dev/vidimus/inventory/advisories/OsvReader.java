package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.inventory.advisories.Advisory.Affected;
import dev.vidimus.inventory.advisories.Advisory.Event;
import dev.vidimus.inventory.advisories.Advisory.Range;
import dev.vidimus.inventory.advisories.Advisory.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads one record of the [OSV format](https://ossf.github.io/osv-schema/). Members that it does
/// not use are passed over.
public final class OsvReader {
  private static final JsonLimits LIMITS = new JsonLimits(16L << 20, 64, 1 << 10, 1 << 20, 100);
  private static final int LONGEST_ID = 256;
  private static final int LONGEST_SUMMARY = 500;
  private static final int MOST = 100_000;

  private final String source;
  private final JsonReader json;
  private int counted;

  private String id = "";
  private final TreeSet<String> aliases = new TreeSet<>();
  private String summary = "";
  private String modified = "";
  private String withdrawn = "";
  private final List<Severity> severities = new ArrayList<>();
  private String rating = "";
  private final List<Affected> affected = new ArrayList<>();

  private OsvReader(String source, JsonReader json) {
    this.source = source;
    this.json = json;
  }

  /// Reads a record.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is no record: not JSON, without an id, or over a limit
  /// @throws IOException if the bytes cannot be read
  public static Advisory read(Bytes bytes, String source) throws IOException, FormatException {
    try (JsonReader json = new JsonReader(bytes, source, LIMITS)) {
      return new OsvReader(source, json).record();
    }
  }

  private Advisory record() throws IOException, FormatException {
    json.object("record");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> id = id();
        case "aliases", "upstream" -> aliases();
        case "summary" -> summary = shortened(text(name));
        case "modified" -> modified = text(name);
        case "withdrawn" -> withdrawn = text(name);
        case "severity" -> severity();
        case "database_specific" -> rating();
        case "affected" -> affected();
        default -> json.skip(name);
      }
    }
    json.end();
    if (id.isEmpty()) {
      throw new FormatException.Malformed(source + ": id", 0, "is missing");
    }
    return new Advisory(
        id, List.copyOf(aliases), summary, modified, withdrawn, severities, rating, affected);
  }

  private String id() throws IOException, FormatException {
    String text = json.string("id");
    boolean isPlain =
        !text.isEmpty()
            && text.length() <= LONGEST_ID
            && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != '\\');
    if (!isPlain) {
      throw json.malformed("id", "is no plain word of at most " + LONGEST_ID + " letters");
    }
    return text;
  }

  private void aliases() throws IOException, FormatException {
    if (isNull("aliases")) {
      return;
    }
    json.array("aliases");
    while (json.nextElement()) {
      count("aliases");
      aliases.add(id());
    }
  }

  private void severity() throws IOException, FormatException {
    if (isNull("severity")) {
      return;
    }
    json.array("severity");
    while (json.nextElement()) {
      count("severity");
      String kind = "";
      String score = "";
      json.object("severity");
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "type" -> kind = text(name);
          case "score" -> score = shortened(text(name));
          default -> json.skip(name);
        }
      }
      severities.add(new Severity(kind, score));
    }
  }

  private void rating() throws IOException, FormatException {
    if (json.kind("database_specific") != JsonReader.Kind.OBJECT) {
      json.skip("database_specific");
      return;
    }
    json.object("database_specific");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("severity") && json.kind(name) == JsonReader.Kind.STRING) {
        rating = shortened(json.string(name));
      } else {
        json.skip(name);
      }
    }
  }

  private void affected() throws IOException, FormatException {
    if (isNull("affected")) {
      return;
    }
    json.array("affected");
    while (json.nextElement()) {
      count("affected");
      String ecosystem = "";
      String packageName = "";
      List<Range> ranges = new ArrayList<>();
      List<String> versions = new ArrayList<>();
      json.object("affected");
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "package" -> {
            json.object(name);
            for (String part = json.nextName(); part != null; part = json.nextName()) {
              switch (part) {
                case "ecosystem" -> ecosystem = text(part);
                case "name" -> packageName = text(part);
                default -> json.skip(part);
              }
            }
          }
          case "ranges" -> ranges(ranges);
          case "versions" -> versions(versions);
          default -> json.skip(name);
        }
      }
      affected.add(new Affected(ecosystem, packageName, ranges, versions));
    }
  }

  private void versions(List<String> versions) throws IOException, FormatException {
    if (isNull("versions")) {
      return;
    }
    json.array("versions");
    while (json.nextElement()) {
      count("versions");
      versions.add(text("versions"));
    }
  }

  private void ranges(List<Range> ranges) throws IOException, FormatException {
    if (isNull("ranges")) {
      return;
    }
    json.array("ranges");
    while (json.nextElement()) {
      count("ranges");
      String kind = "";
      List<Event> events = new ArrayList<>();
      json.object("ranges");
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "type" -> kind = text(name);
          case "events" -> {
            json.array(name);
            while (json.nextElement()) {
              count(name);
              event(events);
            }
          }
          default -> json.skip(name);
        }
      }
      ranges.add(new Range(kind, events));
    }
  }

  private void event(List<Event> events) throws IOException, FormatException {
    json.object("events");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      Event.Kind kind = kind(name);
      if (kind == null) {
        json.skip(name);
      } else {
        events.add(new Event(kind, text(name)));
      }
    }
  }

  private static Event.@Nullable Kind kind(String word) {
    for (Event.Kind kind : Event.Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  private boolean isNull(String field) throws IOException, FormatException {
    return json.kind(field) == JsonReader.Kind.NULL;
  }

  private String text(String field) throws IOException, FormatException {
    return isNull(field) ? "" : json.string(field);
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ').strip();
    return line.length() <= LONGEST_SUMMARY ? line : line.substring(0, LONGEST_SUMMARY);
  }

  private void count(String field) throws IOException, FormatException {
    if (++counted > MOST) {
      throw new FormatException.LimitExceeded(
          source + ": " + field, json.position(), "more than " + MOST + " elements in one record");
    }
  }
}
