package dev.vidimus.artifact.json;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Whole documents at once.
public final class Json {
  private Json() {}

  /// Reads a document into a tree.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is not strict JSON, or over a limit; with the offset in bytes
  /// @throws IOException if the bytes cannot be read
  public static JsonValue parse(Bytes bytes, String source, JsonLimits limits)
      throws IOException, FormatException {
    return parse(bytes, source, limits, JsonReader.Dialect.STRICT);
  }

  /// Reads a document of a dialect into a tree. Numbers that are none keep their words.
  public static JsonValue parse(
      Bytes bytes, String source, JsonLimits limits, JsonReader.Dialect dialect)
      throws IOException, FormatException {
    try (JsonReader reader = new JsonReader(bytes, source, limits, dialect)) {
      JsonValue value = reader.value("document");
      reader.end();
      return value;
    }
  }

  /// Reads a document that is already text, by the default limits.
  public static JsonValue parse(String text, String source) throws FormatException {
    return parse(text, source, JsonReader.Dialect.STRICT);
  }

  /// Reads a document of a dialect that is already text, by the default limits.
  public static JsonValue parse(String text, String source, JsonReader.Dialect dialect)
      throws FormatException {
    Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    try {
      return parse(bytes, source, JsonLimits.DEFAULT, dialect);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory could not be read", e);
    }
  }

  /// The document in its shortest form; see [JsonWriter] for what is escaped.
  public static String text(JsonValue value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.toString();
  }
}
