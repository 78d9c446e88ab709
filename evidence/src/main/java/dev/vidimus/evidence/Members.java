package dev.vidimus.evidence;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object by their names and kinds. A member that is absent and one that is
/// `null` are the same, as proto3 JSON has it; one of another kind is malformed.
///
/// @param where the object's place for errors: `model.sig: dsseEnvelope`
public record Members(JsonObject object, String where) {
  /// The members of a value that must be an object.
  public static Members of(@Nullable JsonValue value, String where)
      throws FormatException.Malformed {
    if (value instanceof JsonObject object) {
      return new Members(object, where);
    }
    throw new FormatException.Malformed(where, 0, "is no object");
  }

  /// Whether the member is there and not null.
  public boolean has(String name) {
    return get(name) != null;
  }

  /// The member's value, or null.
  public @Nullable JsonValue get(String name) {
    JsonValue value = object.get(name);
    return value instanceof JsonNull ? null : value;
  }

  /// A member that must be an object.
  public Members object(String name) throws FormatException.Malformed {
    return of(get(name), at(name));
  }

  /// The elements of a member that must be an array.
  public List<JsonValue> array(String name) throws FormatException.Malformed {
    if (get(name) instanceof JsonArray(List<JsonValue> elements)) {
      return elements;
    }
    throw malformed(name, "is no array");
  }

  /// A member that must be a string.
  public String string(String name) throws FormatException.Malformed {
    String text = stringOrNull(name);
    if (text == null) {
      throw malformed(name, "is missing");
    }
    return text;
  }

  /// A member that is a string or absent.
  public @Nullable String stringOrNull(String name) throws FormatException.Malformed {
    JsonValue value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString(String text)) {
      return text;
    }
    throw malformed(name, "is no string");
  }

  /// A member that must be bytes in base64, standard or URL-safe: DSSE says that both are accepted.
  public byte[] bytes(String name) throws FormatException.Malformed {
    String text = string(name);
    try {
      return (text.indexOf('-') >= 0 || text.indexOf('_') >= 0
              ? Base64.getUrlDecoder()
              : Base64.getDecoder())
          .decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed(name, "is no base64: " + e.getMessage());
    }
  }

  /// A member that is an int64 as proto3 JSON writes it, a number or a string of its digits; 0 if
  /// it is absent.
  public long int64(String name) throws FormatException.Malformed {
    JsonValue value = get(name);
    String digits =
        switch (value) {
          case null -> "0";
          case JsonNumber(String text) -> text;
          case JsonString(String text) -> text;
          default -> "";
        };
    try {
      if (!digits.startsWith("+")) {
        return Long.parseLong(digits);
      }
    } catch (NumberFormatException e) {
      // falls to the refusal of everything that is no such number
    }
    throw malformed(name, "is no whole number of 64 bits");
  }

  /// The names that are not among the known.
  public List<String> unknown(Set<String> known) {
    return object.members().keySet().stream().filter(name -> !known.contains(name)).toList();
  }

  /// A failure at a member.
  public FormatException.Malformed malformed(String name, String problem) {
    return new FormatException.Malformed(at(name), 0, problem);
  }

  private String at(String name) {
    return where + "." + name;
  }
}
