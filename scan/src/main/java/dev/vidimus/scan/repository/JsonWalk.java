package dev.vidimus.scan.repository;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Goes through a document of any size without keeping it, and hands over each value that is no
/// container together with the way to it.
final class JsonWalk {
  private final JsonReader json;
  private final List<Visitor> visitors;
  private final List<Step> path = new ArrayList<>();

  private JsonWalk(JsonReader json, List<Visitor> visitors) {
    this.json = json;
    this.visitors = visitors;
  }

  /// An object or array that is open.
  private static final class Step {
    final boolean isObject;
    String name = "";
    int index = -1;

    Step(boolean isObject) {
      this.isObject = isObject;
    }
  }

  /// Receives what a document says.
  interface Visitor {
    /// @param path names of the members and indexes of the elements around the value, outermost
    ///     first
    void text(List<String> path, String text, long at);

    /// `true`, `false`, `null` or a number.
    void other(List<String> path, JsonReader.Kind kind, boolean value, long at);

    /// Whether numbers are worth telling now; they can be many.
    default boolean hearsNumbers() {
      return false;
    }

    /// A number.
    ///
    /// @param path as of a text, but without its own index if it is an element
    default void number(List<String> path, String text, long at) throws FormatException {}
  }

  /// Reads to the end.
  static void walk(JsonReader json, List<Visitor> visitors) throws IOException, FormatException {
    new JsonWalk(json, List.copyOf(visitors)).walk();
    json.end();
  }

  private void walk() throws IOException, FormatException {
    value();
    while (!path.isEmpty()) {
      Step step = path.getLast();
      if (step.isObject) {
        String name = json.nextName();
        if (name == null) {
          path.removeLast();
          continue;
        }
        step.name = name;
      } else if (json.nextElement()) {
        step.index++;
      } else {
        path.removeLast();
        continue;
      }
      value();
    }
  }

  private void value() throws IOException, FormatException {
    JsonReader.Kind kind = json.kind("value");
    switch (kind) {
      case OBJECT -> {
        json.object("value");
        path.add(new Step(true));
      }
      case ARRAY -> {
        json.array("value");
        path.add(new Step(false));
      }
      case STRING -> {
        long at = json.position();
        String text = json.string("value");
        List<String> way = path();
        visitors.forEach(visitor -> visitor.text(way, text, at));
      }
      case BOOLEAN -> {
        long at = json.position();
        boolean value = json.bool("value");
        List<String> way = path();
        visitors.forEach(visitor -> visitor.other(way, kind, value, at));
      }
      case NUMBER -> {
        List<Visitor> hearing = new ArrayList<>();
        for (Visitor visitor : visitors) {
          if (visitor.hearsNumbers()) {
            hearing.add(visitor);
          }
        }
        number(hearing);
      }
      case NULL -> json.skip("value");
    }
  }

  private void number(List<Visitor> hearing) throws IOException, FormatException {
    if (hearing.isEmpty()) {
      json.skip("value");
      return;
    }
    long at = json.position();
    String text = json.number("value");
    List<String> way = path();
    boolean isElement = !path.isEmpty() && !path.getLast().isObject;
    List<String> around = isElement ? way.subList(0, way.size() - 1) : way;
    for (Visitor visitor : hearing) {
      visitor.number(around, text, at);
    }
  }

  private List<String> path() {
    List<String> names = new ArrayList<>(path.size());
    for (Step step : path) {
      names.add(step.isObject ? step.name : Integer.toString(step.index));
    }
    return names;
  }
}
