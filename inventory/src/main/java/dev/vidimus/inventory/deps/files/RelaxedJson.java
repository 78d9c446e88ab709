package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// JSON as editors write it for people: with comments, and with a comma behind the last element.
/// Both become white space, so that offsets in errors hold; all else is strict.
final class RelaxedJson {
  private RelaxedJson() {}

  static JsonObject read(Bytes bytes, String source) throws IOException, FormatException {
    byte[] text = Text.of(bytes, source).getBytes(StandardCharsets.UTF_8);
    blank(text);
    JsonValue value = Json.parse(Bytes.of(text), source, JsonLimits.DEFAULT);
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new FormatException.Unsupported(source, 0, "JSON that is no object");
  }

  private static void blank(byte[] text) {
    int comma = -1;
    int at = 0;
    while (at < text.length) {
      int end = at + 1;
      switch (text[at]) {
        case '"' -> {
          end = string(text, at);
          comma = -1;
        }
        case '/' -> {
          int comment = comment(text, at);
          if (comment > at) {
            end = comment;
            for (int i = at; i < end; i++) {
              text[i] = text[i] == '\n' ? (byte) '\n' : (byte) ' ';
            }
          }
        }
        case ',' -> comma = at;
        case ']', '}' -> {
          if (comma >= 0) {
            text[comma] = ' ';
          }
          comma = -1;
        }
        case ' ', '\t', '\r', '\n' -> {}
        default -> comma = -1;
      }
      at = end;
    }
  }

  /// The end of a string, behind its quotation mark.
  private static int string(byte[] text, int start) {
    int at = start + 1;
    while (at < text.length && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length);
  }

  /// The end of a comment; its start if it is none.
  private static int comment(byte[] text, int start) {
    int next = start + 1 < text.length ? text[start + 1] : 0;
    int at = start + 2;
    if (next == '/') {
      while (at < text.length && text[at] != '\n') {
        at++;
      }
      return at;
    }
    if (next == '*') {
      while (at + 1 < text.length && (text[at] != '*' || text[at + 1] != '/')) {
        at++;
      }
      return Math.min(at + 2, text.length);
    }
    return start;
  }
}
