package dev.vidimus.server.api;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The members of a request's body. One that the operation does not know is refused: a misspelt
/// name must not be silently ignored.
final class Body {
  private final JsonObject object;

  private Body(JsonObject object) {
    this.object = object;
  }

  /// @param known names of all members that there may be
  static Body of(Exchange exchange, String... known) throws IOException, Problem {
    JsonObject object = exchange.json();
    Set<String> names = Set.of(known);
    for (String name : object.members().keySet()) {
      if (!names.contains(name)) {
        throw Problem.badRequest(
            "the body has a member " + name, "it may have " + String.join(", ", known));
      }
    }
    return new Body(object);
  }

  /// A text that has to be there.
  String text(String name) throws Problem {
    String text = textOrNull(name);
    if (text == null || text.isBlank()) {
      throw Problem.badRequest("the body lacks the text " + name, "");
    }
    return text;
  }

  /// A text, or null.
  @Nullable String textOrNull(String name) throws Problem {
    return switch (object.get(name)) {
      case null -> null;
      case JsonString(String text) -> text;
      default -> throw Problem.badRequest(name + " is no text", "");
    };
  }

  /// A truth; false if it is not there.
  boolean flag(String name) throws Problem {
    return switch (object.get(name)) {
      case null -> false;
      case JsonBoolean(boolean flag) -> flag;
      default -> throw Problem.badRequest(name + " is neither true nor false", "");
    };
  }

  /// A whole number, or the given one if it is not there.
  long number(String name, long otherwise, long least, long most) throws Problem {
    JsonValue value = object.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonNumber number) {
      try {
        long whole = Long.parseLong(number.text());
        if (whole >= least && whole <= most) {
          return whole;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw Problem.badRequest(name + " is no whole number from " + least + " to " + most, "");
  }

  /// Texts; none if it is not there.
  List<String> texts(String name) throws Problem {
    List<String> texts = new ArrayList<>();
    switch (object.get(name)) {
      case null -> {}
      case JsonArray(List<JsonValue> elements) -> {
        for (JsonValue element : elements) {
          if (!(element instanceof JsonString(String text))) {
            throw Problem.badRequest(name + " has something that is no text", "");
          }
          texts.add(text);
        }
      }
      default -> throw Problem.badRequest(name + " is no list of texts", "");
    }
    return texts;
  }

  /// An object of texts by their names; empty if it is not there.
  Map<String, String> textsByName(String name) throws Problem {
    Map<String, String> texts = new TreeMap<>();
    switch (object.get(name)) {
      case null -> {}
      case JsonObject all -> {
        for (var member : all.members().entrySet()) {
          if (!(member.getValue() instanceof JsonString(String text))) {
            throw Problem.badRequest(name + "." + member.getKey() + " is no text", "");
          }
          texts.put(member.getKey(), text);
        }
      }
      default -> throw Problem.badRequest(name + " is no object", "");
    }
    return texts;
  }
}
