package dev.vidimus.formats.yaml;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads all documents of a file ([YAML 1.2](https://yaml.org/spec/1.2.2/)).
public final class YamlReader {
  /// The largest file that is read, in bytes.
  public static final int LONGEST = 16 << 20;

  private static final int DEEPEST = 128;
  private static final int MOST_ANCHORS = 10_000;
  private static final int LONGEST_ANCHORED = 1 << 16;
  private static final int SHOWN = 100;

  /// Stands in a path for a key that is no scalar.
  private static final String COMPLEX_KEY = "?";

  private final String source;
  private final String text;
  private final YamlListener listener;
  private final List<Level> levels = new ArrayList<>();
  private final Map<String, ScalarEvent> anchored = new HashMap<>();

  /// How far marks were turned into offsets: code points, UTF-16 units and bytes that agree.
  private int points;

  private int units;
  private long bytes;

  private YamlReader(String source, String text, YamlListener listener) {
    this.source = source;
    this.text = text;
    this.listener = listener;
  }

  /// A collection that is open.
  private static final class Level {
    final boolean isMapping;
    boolean expectsKey;
    String key = "";
    int index = -1;

    Level(boolean isMapping) {
      this.isMapping = isMapping;
      this.expectsKey = isMapping;
    }
  }

  /// Reads a file to its end.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first thing that is no YAML, or over a limit
  public static void read(Bytes bytes, String source, YamlListener listener)
      throws IOException, FormatException {
    if (bytes.size() > LONGEST) {
      throw new FormatException.LimitExceeded(
          source + ": document", 0, bytes.size() + " bytes, over the limit of " + LONGEST);
    }
    byte[] content = bytes.array(0, (int) bytes.size());
    String text = new String(content, StandardCharsets.UTF_8);
    new YamlReader(source, text, listener).read();
  }

  private void read() throws IOException, FormatException {
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(LONGEST).build();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        take(event);
      }
    } catch (MarkedYamlEngineException e) {
      throw new FormatException.Malformed(
          source + ": document", offset(e.getProblemMark()), shown(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new FormatException.Malformed(
          source + ": document", bytes, shown(String.valueOf(e.getMessage())));
    }
  }

  private static String shown(String problem) {
    return Printable.of(problem, SHOWN);
  }

  private void take(Event event) throws IOException, FormatException {
    if (event instanceof ScalarEvent scalar) {
      scalar.getAnchor().ifPresent(anchor -> keep(anchor, scalar));
      scalar(scalar, offset(event.getStartMark()));
    } else if (event instanceof AliasEvent alias) {
      ScalarEvent known = anchored.get(alias.getAlias().getValue());
      if (known == null) {
        skipAlias();
      } else {
        scalar(known, offset(event.getStartMark()));
      }
    } else if (event instanceof CollectionStartEvent start) {
      start(start, event instanceof MappingStartEvent);
    } else if (event instanceof CollectionEndEvent) {
      levels.removeLast();
    }
  }

  private void keep(Anchor anchor, ScalarEvent scalar) {
    if (anchored.size() < MOST_ANCHORS && scalar.getValue().length() <= LONGEST_ANCHORED) {
      anchored.put(anchor.getValue(), scalar);
    }
  }

  private void start(CollectionStartEvent start, boolean isMapping)
      throws IOException, FormatException {
    long offset = offset(start.getStartMark());
    if (levels.size() == DEEPEST) {
      throw new FormatException.LimitExceeded(
          source + ": document", offset, "collections nested deeper than " + DEEPEST);
    }
    enter(COMPLEX_KEY);
    if (start.getTag().isPresent()) {
      listener.tag(path(), start.getTag().get(), "", offset);
    }
    levels.add(new Level(isMapping));
  }

  private void scalar(ScalarEvent scalar, long offset) throws IOException {
    boolean isKey = enter(scalar.getValue());
    List<String> path = path();
    if (scalar.getTag().isPresent()) {
      listener.tag(path, scalar.getTag().get(), scalar.getValue(), offset);
    }
    if (!isKey) {
      boolean isPlain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      listener.scalar(path, scalar.getValue(), isPlain, offset);
    }
  }

  private void skipAlias() {
    enter(COMPLEX_KEY);
  }

  /// Takes the place of a node in the collection around it.
  ///
  /// @param key what it is called if it is a key
  /// @return whether it is one
  private boolean enter(String key) {
    if (levels.isEmpty()) {
      return false;
    }
    Level level = levels.getLast();
    if (!level.isMapping) {
      level.index++;
      return false;
    }
    boolean isKey = level.expectsKey;
    if (isKey) {
      level.key = key;
    }
    level.expectsKey = !isKey;
    return isKey;
  }

  private List<String> path() {
    List<String> path = new ArrayList<>(levels.size());
    for (Level level : levels) {
      path.add(level.isMapping ? level.key : Integer.toString(level.index));
    }
    return path;
  }

  private long offset(Optional<Mark> mark) {
    int target = mark.map(Mark::getIndex).orElse(points);
    while (points < target && units < text.length()) {
      int point = text.codePointAt(units);
      points++;
      units += Character.charCount(point);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    return bytes;
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

/// Reads one document, from the events of the parser: nothing is constructed by name, and aliases,
/// which can make a few bytes into gigabytes, are refused.
public final class YamlReader {
  private static final int MOST_BYTES = 4 << 20;
  private static final int DEEPEST = 64;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  private final String source;
  private final Iterator<Event> events;

  private YamlReader(String source, Iterator<Event> events) {
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
      YamlReader reader = new YamlReader(source, events);
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
