package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.Members;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the members of a predicate. Unknown members are ignored; a known one of another kind is
/// malformed.
final class PredicateReader {
  private final Members members;

  PredicateReader(JsonObject predicate, Kind kind) {
    this.members = new Members(predicate, kind.word());
  }

  private PredicateReader(Members members) {
    this.members = members;
  }

  PredicateReader object(String name) throws FormatException.Malformed {
    return new PredicateReader(members.object(name));
  }

  List<PredicateReader> objects(String name) throws FormatException.Malformed {
    List<PredicateReader> objects = new ArrayList<>();
    if (members.has(name)) {
      for (JsonValue element : members.array(name)) {
        objects.add(new PredicateReader(Members.of(element, members.where() + "." + name)));
      }
    }
    return objects;
  }

  JsonObject raw(String name) throws FormatException.Malformed {
    return members.object(name).object();
  }

  @Nullable JsonValue value(String name) {
    return members.get(name);
  }

  String text(String name) throws FormatException.Malformed {
    return members.string(name);
  }

  @Nullable String textOrNull(String name) throws FormatException.Malformed {
    return members.stringOrNull(name);
  }

  String textOr(String name, String otherwise) throws FormatException.Malformed {
    String text = members.stringOrNull(name);
    return text == null ? otherwise : text;
  }

  List<String> texts(String name) throws FormatException.Malformed {
    List<String> texts = new ArrayList<>();
    if (members.has(name)) {
      for (JsonValue element : members.array(name)) {
        if (!(element instanceof JsonString(String text))) {
          throw members.malformed(name, "has an element that is no string");
        }
        texts.add(text);
      }
    }
    return texts;
  }

  long number(String name) throws FormatException.Malformed {
    try {
      if (members.get(name) instanceof JsonNumber(String text)) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw members.malformed(name, "is no whole number");
  }

  boolean flag(String name) throws FormatException.Malformed {
    JsonValue value = members.get(name);
    if (value == null) {
      return false;
    }
    if (value instanceof JsonBoolean(boolean truth)) {
      return truth;
    }
    throw members.malformed(name, "is neither true nor false");
  }

  Instant time(String name) throws FormatException.Malformed {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw members.malformed(name, "is no time such as 2026-11-21T10:42:55Z");
    }
  }

  @Nullable Instant timeOrNull(String name) throws FormatException.Malformed {
    return members.has(name) ? time(name) : null;
  }

  FormatException.Malformed malformed(String name, String problem) {
    return members.malformed(name, problem);
  }
}
