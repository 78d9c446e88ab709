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
  }
}
