package dev.vidimus.artifact.json;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Pulls values out of a document in its order, keeping nothing: for headers of 100 MB.
///
/// ```java
/// reader.object("header");
/// for (String name = reader.nextName(); name != null; name = reader.nextName()) {
///   sizes.put(name, reader.unsigned("size"));
/// }
/// reader.end();
/// ```
///
/// Each value must be taken, as what it is or by [#skip]. After an exception the reader is of no
/// further use. Not thread-safe.
public final class JsonReader implements Closeable {
  private static final int MOST_DIGITS = 20; // of 2⁶⁴ - 1

  /// Limits are constants of their readers, so there are few. Making one costs more than reading a
  /// short document.
  private static final Map<Rules, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

  private record Rules(JsonLimits limits, Dialect dialect) {}

  private final String source;
  private final long origin;
  private final Dialect dialect;
  private final Utf8Reader text;
  private final JsonParser parser;

  /// @param bytes a whole document in UTF-8
  /// @param source its name in errors
  /// @throws FormatException if it is empty, over the limit for documents, or begins with junk
  public JsonReader(Bytes bytes, String source, JsonLimits limits)
      throws IOException, FormatException {
    this(bytes, source, limits, 0);
  }

  /// A document inside something larger.
  ///
  /// @param origin where the document begins; offsets are counted from there
  public JsonReader(Bytes bytes, String source, JsonLimits limits, long origin)
      throws IOException, FormatException {
    this(bytes, source, limits, origin, Dialect.STRICT);
  }

  /// A document by whoever may have written it.
  public JsonReader(Bytes bytes, String source, JsonLimits limits, Dialect dialect)
      throws IOException, FormatException {
    this(bytes, source, limits, 0, dialect);
  }

  private JsonReader(Bytes bytes, String source, JsonLimits limits, long origin, Dialect dialect)
      throws IOException, FormatException {
    this.source = source;
    this.origin = origin;
    this.dialect = dialect;
    this.text = new Utf8Reader(bytes);
    if (bytes.size() > limits.document()) {
      throw new FormatException.LimitExceeded(
          where("document"),
          origin,
          bytes.size() + " bytes, over the limit of " + limits.document());
    }
    refuseByteOrderMark(bytes);
    this.parser =
        FACTORIES
            .computeIfAbsent(new Rules(limits, dialect), JsonReader::factory)
            .createParser(ObjectReadContext.empty(), text);
    advance();
  }

  private void refuseByteOrderMark(Bytes bytes) throws IOException, FormatException {
    byte[] head = bytes.head(3);
    if (head.length == 3
        && (head[0] & 0xff) == 0xef
        && (head[1] & 0xff) == 0xbb
        && (head[2] & 0xff) == 0xbf) {
      throw new FormatException.Malformed(
          where("document"), origin, "begins with a byte order mark");
    }
  }

  private static JsonFactory factory(Rules rules) {
    JsonLimits limits = rules.limits();
    return JsonFactory.builder()
        .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, rules.dialect() == Dialect.PYTHON)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        // A table of all names would outgrow the document.
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxNameLength(limits.name())
                .maxStringLength(limits.string())
                .maxNumberLength(limits.number())
                .build())
        .build();
  }

  /// What counts as JSON.
  public enum Dialect {
    /// The standard's.
    STRICT,
    /// That of Python's `json`, which writes and reads `NaN`, `Infinity` and halves of surrogate
    /// pairs too.
    PYTHON
  }

  /// What a value is.
  public enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /// What the value that comes next is; it is not taken.
  public Kind kind(String field) throws IOException, FormatException {
    JsonToken token = parser.currentToken();
    // Not `case null`: that makes the switch one of patterns, which is linked at its first use.
    return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
      case START_OBJECT -> Kind.OBJECT;
      case START_ARRAY -> Kind.ARRAY;
      case VALUE_STRING -> Kind.STRING;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      case VALUE_NULL -> Kind.NULL;
      default -> throw malformed(field, "a value is missing");
    };
  }

  /// Enters an object.
  public void object(String field) throws IOException, FormatException {
    require(Kind.OBJECT, field);
  }

  /// Goes to the next member and returns its name; its value comes next. Returns null at the end
  /// of the object, which is then taken.
  public @Nullable String nextName() throws IOException, FormatException {
    if (advance() == JsonToken.END_OBJECT) {
      return null;
    }
    String name = whole(parserString(), "name");
    advance();
    return name;
  }

  /// Enters an array.
  public void array(String field) throws IOException, FormatException {
    require(Kind.ARRAY, field);
  }

  /// Goes to the next element; false at the end of the array, which is then taken.
  public boolean nextElement() throws IOException, FormatException {
    return advance() != JsonToken.END_ARRAY;
  }

  /// Takes a string.
  public String string(String field) throws IOException, FormatException {
    require(Kind.STRING, field);
    return whole(parserString(), field);
  }

  /// Takes a number, exactly as it is written.
  public String number(String field) throws IOException, FormatException {
    require(Kind.NUMBER, field);
    return parserString();
  }

  /// Takes a number that is a whole one, without sign, fraction or exponent, from 0 to 2⁶⁴ - 1.
  ///
  /// @return its 64 bits, to be compared unsigned
  public long unsigned(String field) throws IOException, FormatException {
    String digits = number(field);
    boolean whole = digits.length() <= MOST_DIGITS;
    for (int i = 0; whole && i < digits.length(); i++) {
      whole = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    try {
      if (whole) {
        return Long.parseUnsignedLong(digits);
      }
    } catch (NumberFormatException e) {
      // 20 digits, and yet over 2⁶⁴ - 1
    }
    throw malformed(field, "is no whole number from 0 to 2^64 - 1");
  }

  /// Takes `true` or `false`.
  public boolean bool(String field) throws IOException, FormatException {
    require(Kind.BOOLEAN, field);
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  /// Takes a value whatever it is, keeping nothing of it.
  public void skip(String field) throws IOException, FormatException {
    Kind kind = kind(field);
    if (kind == Kind.OBJECT || kind == Kind.ARRAY) {
      try {
        parser.skipChildren();
      } catch (JacksonException e) {
        throw failure(e);
      }
    }
  }

  /// Takes a value whatever it is, as a tree.
  public JsonValue value(String field) throws IOException, FormatException {
    return switch (kind(field)) {
      case OBJECT -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (String name = nextName(); name != null; name = nextName()) {
          members.put(name, value(name));
        }
        yield new JsonObject(members);
      }
      case ARRAY -> {
        List<JsonValue> elements = new ArrayList<>();
        while (nextElement()) {
          elements.add(value(field));
        }
        yield new JsonArray(elements);
      }
      case STRING -> new JsonString(string(field));
      case NUMBER -> new JsonNumber(number(field));
      case BOOLEAN -> new JsonBoolean(bool(field));
      case NULL -> new JsonNull();
    };
  }

  /// Requires that nothing but white space follows the value.
  public void end() throws IOException, FormatException {
    if (advance() != null) {
      throw malformed("end", "another value follows the document");
    }
  }

  /// Where the value that comes next begins, in bytes.
  public long position() throws IOException {
    return origin + text.byteOffset(parser.currentTokenLocation().getCharOffset());
  }

  /// A failure at the value that comes next or was just taken.
  public FormatException.Malformed malformed(String field, String problem) throws IOException {
    return new FormatException.Malformed(where(field), position(), problem);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private void require(Kind kind, String field) throws IOException, FormatException {
    Kind found = kind(field);
    if (found != kind) {
      throw malformed(field, "is " + word(found) + ", not " + word(kind));
    }
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
    };
  }

  /// Escapes can make what UTF-8 cannot hold, and other readers would replace or refuse it.
  private String whole(String value, String field) throws IOException, FormatException {
    for (int i = 0; dialect == Dialect.STRICT && i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair) {
          throw malformed(field, "escapes half of a surrogate pair");
        }
        i++;
      }
    }
    return value;
  }

  private String parserString() throws IOException, FormatException {
    try {
      return parser.getString();
    } catch (JacksonException e) {
      throw failure(e);
    }
  }

  private @Nullable JsonToken advance() throws IOException, FormatException {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw failure(e);
    }
  }

  private FormatException failure(JacksonException e) throws IOException {
    if (e.getCause() instanceof Utf8Reader.InvalidUtf8 invalid) {
      return new FormatException.Malformed(where("text"), origin + invalid.offset, "is not UTF-8");
    }
    if (e.getCause() instanceof IOException world) {
      throw world;
    }
    long offset = origin + text.byteOffset(Math.max(parser.currentLocation().getCharOffset(), 0));
    if (e instanceof StreamConstraintsException) {
      return new FormatException.LimitExceeded(where("document"), offset, e.getOriginalMessage());
    }
    return new FormatException.Malformed(where("document"), offset, e.getOriginalMessage());
  }

  private String where(String field) {
    return source + ": " + field;
  }
}
