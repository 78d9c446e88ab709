package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// What a generation of records says of itself.
///
/// @param generation its number
/// @param imported when
/// @param newest when its youngest record was changed
/// @param records how many there are
/// @param malware how many of them are about packages made to do harm
/// @param digest of the records, `sha256:` and hex digits
public record About(
    long generation, Instant imported, Instant newest, long records, long malware, String digest) {
  private static final String SCHEMA = "vidimus.advisories/2";

  /// How old the data is: since its youngest record was changed.
  public Duration age(Instant now) {
    return Duration.between(newest, now);
  }

  static About parse(String text, String source) throws FormatException {
    try {
      if (Json.parse(text, source) instanceof JsonObject object
          && SCHEMA.equals(object.string("schema"))) {
        return new About(
            number(object, "generation"),
            Instant.parse(String.valueOf(object.string("imported"))),
            Instant.parse(String.valueOf(object.string("newest"))),
            number(object, "records"),
            number(object, "malware"),
            String.valueOf(object.string("digest")));
      }
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new FormatException.Malformed(source, 0, String.valueOf(e.getMessage()));
    }
    throw new FormatException.Malformed(source, 0, "is not of the schema " + SCHEMA);
  }

  private static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber(String digits) ? Long.parseLong(digits) : 0;
  }

  /// As JSON.
  public JsonWriter json() {
    return new JsonWriter()
        .object()
        .name("schema")
        .string(SCHEMA)
        .name("generation")
        .number(generation)
        .name("imported")
        .string(imported.toString())
        .name("newest")
        .string(newest.toString())
        .name("records")
        .number(records)
        .name("malware")
        .number(malware)
        .name("digest")
        .string(digest)
        .endObject();
  }
}
