package dev.vidimus.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A YAML document with the place of every value, so that each problem has file, line and column.
/// No aliases, no tags, no key twice; bounded in size and depth.
final class Yaml {
  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 12;

  private final String file;
  private final Node node;

  private Yaml(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  /// Reads one document.
  static Yaml read(String file, byte[] bytes) throws PolicyException {
    if (bytes.length > MOST_BYTES) {
      throw new PolicyException(file + ": " + bytes.length + " bytes, over " + MOST_BYTES);
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setUseMarks(true)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(MOST_BYTES)
            .build();
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      requireShallow(file, settings, text);
      Node node =
          new Compose(settings)
              .composeString(text)
              .orElseThrow(() -> new PolicyException(file + ":1:1: is empty"));
      Yaml yaml = new Yaml(file, node);
      yaml.requirePlain(node);
      return yaml;
    } catch (MarkedYamlEngineException e) {
      throw new PolicyException(
          file + ":" + place(e.getProblemMark().orElse(null)) + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new PolicyException(file + ": " + e.getMessage());
    }
  }

  /// Counts nesting over the events, before anything is composed of them: composing recurses.
  private static void requireShallow(String file, LoadSettings settings, String text)
      throws PolicyException {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > DEEPEST || event instanceof AliasEvent) {
        throw new PolicyException(
            file
                + ":"
                + place(event.getStartMark().orElse(null))
                + (depth > DEEPEST
                    ? ": is nested more than " + DEEPEST + " deep"
                    : ": is an alias"));
      }
    }
  }

  /// Walks over everything once: a key that is no name, or is there twice, is refused.
  private void requirePlain(Node value) throws PolicyException {
    if (value instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        requirePlain(element);
      }
    } else if (value instanceof MappingNode mapping) {
      Set<String> names = new HashSet<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key) || !names.add(key.getValue())) {
          throw problem(tuple.getKeyNode(), "is no name, or one that is there already");
        }
        requirePlain(tuple.getValueNode());
      }
    }
  }

  private static String place(@Nullable Mark mark) {
    return mark == null ? "1:1" : (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  /// Line of this value, from 1.
  int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /// Column of this value, from 1.
  int column() {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
  }

  /// Whether the text is in a block of its own, which begins on the next line.
  boolean isBlock() {
    return node instanceof ScalarNode scalar
        && (scalar.getScalarStyle() == ScalarStyle.LITERAL
            || scalar.getScalarStyle() == ScalarStyle.FOLDED);
  }

  String file() {
    return file;
  }

  /// File, line and column.
  String place() {
    return file + ":" + line() + ":" + column();
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /// A problem with this value.
  PolicyException problem(String text) {
    return problem(node, text);
  }

  private PolicyException problem(Node at, String text) {
    return new PolicyException(file + ":" + place(at.getStartMark().orElse(null)) + ": " + text);
  }

  /// The members of a mapping, all of which must be known.
  Map<String, Yaml> members(Set<String> known) throws PolicyException {
    Map<String, Yaml> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping().getValue()) {
      String name = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (!known.isEmpty() && !known.contains(name)) {
        throw problem(tuple.getKeyNode(), "unknown field " + name + Suggestion.of(name, known));
      }
      members.put(name, new Yaml(file, tuple.getValueNode()));
    }
    return members;
  }

  private MappingNode mapping() throws PolicyException {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw problem("is no mapping of names to values");
  }

  /// The elements of a sequence.
  List<Yaml> elements() throws PolicyException {
    if (!(node instanceof SequenceNode sequence)) {
      throw problem("is no list");
    }
    List<Yaml> elements = new ArrayList<>();
    sequence.getValue().forEach(element -> elements.add(new Yaml(file, element)));
    return elements;
  }

  /// A text, or any other scalar as it is written.
  String text() throws PolicyException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw problem("is no text");
  }

  /// Texts.
  List<String> texts() throws PolicyException {
    List<String> texts = new ArrayList<>();
    for (Yaml element : elements()) {
      texts.add(element.text());
    }
    return texts;
  }

  /// A scalar by its own look: a whole number, true or false, a list of texts, or a text.
  Object plain() throws PolicyException {
    if (node instanceof SequenceNode) {
      return texts();
    }
    String text = text();
    boolean quoted =
        node instanceof ScalarNode scalar && scalar.getScalarStyle() != ScalarStyle.PLAIN;
    if (quoted) {
      return text;
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
