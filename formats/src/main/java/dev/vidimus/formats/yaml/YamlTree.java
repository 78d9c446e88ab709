package dev.vidimus.formats.yaml;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one document as JSON would hold it, for files whose members are few and known. Nothing is
/// constructed by name, and aliases, which can make a few bytes into gigabytes, are refused.
public final class YamlTree {
  private static final int MOST_BYTES = 4 << 20;
  private static final int DEEPEST = 64;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  private final String source;
  private final Iterator<Event> events;

  private YamlTree(String source, Iterator<Event> events) {
    this.source = source;
    this.events = events;
  }

  /// Reads a document into a tree.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is no YAML, over a limit, or uses aliases, anchors or tags
  /// @throws IOException if the bytes cannot be read
  public static JsonValue read(Bytes bytes, String source) throws IOException, FormatException {
    if (bytes.size() > MOST_BYTES) {
      throw new FormatException.LimitExceeded(source, 0, bytes.size() + " bytes");
    }
    String text = new String(bytes.head(MOST_BYTES), StandardCharsets.UTF_8);
    LoadSettings settings =
        LoadSettings.builder().setLabel(source).setCodePointLimit(MOST_BYTES).build();
    try {
      Iterator<Event> events = new Parse(settings).parseString(text).iterator();
      YamlTree reader = new YamlTree(source, events);
      reader.expect(Event.ID.StreamStart);
      reader.expect(Event.ID.DocumentStart);
      JsonValue value = reader.value(reader.next(), 0);
      reader.expect(Event.ID.DocumentEnd);
      reader.expect(Event.ID.StreamEnd);
      return value;
    } catch (YamlEngineException e) {
      throw new FormatException.Malformed(source, 0, String.valueOf(e.getMessage()));
    }
  }

  private Event next() throws FormatException {
    if (!events.hasNext()) {
      throw new FormatException.Malformed(source, 0, "ends early");
    }
    return events.next();
  }

  private void expect(Event.ID id) throws FormatException {
    Event event = next();
    if (event.getEventId() != id) {
      throw malformed(event, "has no single document");
    }
  }

  private JsonValue value(Event event, int depth) throws FormatException {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw new FormatException.Unsupported(where(event), offset(event), "anchors and aliases");
    }
    if (depth > DEEPEST) {
      throw new FormatException.LimitExceeded(where(event), offset(event), "nested too deep");
    }
    if (event instanceof ScalarEvent scalar) {
      requireNoTag(event, scalar.getTag());
      return scalar(scalar);
    }
    if (!(event instanceof CollectionStartEvent collection)) {
      throw malformed(event, "a value is missing");
    }
    requireNoTag(event, collection.getTag());
    return event instanceof MappingStartEvent ? mapping(depth) : sequence(depth);
  }

  private void requireNoTag(Event event, Optional<String> tag) throws FormatException {
    if (tag.isPresent()) {
      throw new FormatException.Unsupported(where(event), offset(event), "the tag " + tag.get());
    }
  }

  private JsonValue mapping(int depth) throws FormatException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
      if (!(key instanceof ScalarEvent name)) {
        throw malformed(key, "a key is no text");
      }
      if (members.put(name.getValue(), value(next(), depth + 1)) != null) {
        throw malformed(key, "a key occurs twice");
      }
    }
    return new JsonObject(members);
  }

  private JsonValue sequence(int depth) throws FormatException {
    List<JsonValue> elements = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      elements.add(value(event, depth + 1));
    }
    return new JsonArray(elements);
  }

  private static JsonValue scalar(ScalarEvent scalar) {
    String text = scalar.getValue();
    if (!scalar.isPlain()) {
      return new JsonString(text);
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> new JsonNull();
      case "true", "True", "TRUE" -> new JsonBoolean(true);
      case "false", "False", "FALSE" -> new JsonBoolean(false);
      default -> NUMBER.matcher(text).matches() ? new JsonNumber(text) : new JsonString(text);
    };
  }

  private String where(Event event) {
    return source + event.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }

  private static long offset(Event event) {
    return event.getStartMark().map(Mark::getIndex).orElse(0);
  }

  private FormatException.Malformed malformed(Event event, String problem) {
    return new FormatException.Malformed(where(event), offset(event), problem);
  }
}
