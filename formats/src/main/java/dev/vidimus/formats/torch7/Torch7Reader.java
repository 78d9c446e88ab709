package dev.vidimus.formats.torch7;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Reads one object. Binary files are those of a machine with little-endian numbers and long
/// integers of eight bytes.
public final class Torch7Reader {
  private static final int NIL = 0;
  private static final int NUMBER = 1;
  private static final int STRING = 2;
  private static final int TABLE = 3;
  private static final int TORCH = 4;
  private static final int BOOLEAN = 5;
  private static final int FUNCTION = 6;
  private static final int OLD_CLOSURE = 7;
  private static final int CLOSURE = 8;

  private static final int DEEPEST = 250;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_WORD = 64;
  private static final int MOST_DIMENSIONS = 64;
  private static final String FIELD = "object";

  /// Bytes of a number by the name of its tensor or storage.
  private static final Map<String, Integer> WIDTHS =
      Map.of(
          "Byte", 1, "Char", 1, "Short", 2, "Int", 4, "Long", 8, "Float", 4, "Double", 8, "Half", 2,
          "Cuda", 4);

  private final ByteCursor cursor;
  private final boolean isText;
  private final Torch7Listener listener;
  private final Set<Integer> known = new HashSet<>();
  private int depth;

  private Torch7Reader(ByteCursor cursor, boolean isText, Torch7Listener listener) {
    this.cursor = cursor;
    this.isText = isText;
    this.listener = listener;
  }

  /// Reads a file; what follows its object is read by nobody.
  ///
  /// @param source its name in errors
  public static void read(Bytes bytes, String source, Torch7Listener listener)
      throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(bytes, source);
    boolean isText = cursor.peek() >= '0' && cursor.peek() <= '9';
    new Torch7Reader(cursor, isText, listener).object();
  }

  private void object() throws IOException, FormatException {
    if (++depth > DEEPEST) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "objects nested deeper than " + DEEPEST);
    }
    long start = cursor.position();
    int type = integer();
    switch (type) {
      case NIL -> {}
      case NUMBER -> skip(1, Double.BYTES);
      case BOOLEAN -> integer();
      case STRING -> text("text");
      case TABLE -> {
        if (isNew()) {
          table();
        }
      }
      case TORCH -> {
        if (isNew()) {
          instance(start);
        }
      }
      case FUNCTION, OLD_CLOSURE, CLOSURE -> function(type, start);
      default -> throw cursor.malformed(FIELD, "has the type " + type);
    }
    depth--;
  }

  /// Objects have numbers, and are written once.
  private boolean isNew() throws IOException, FormatException {
    return known.add(integer());
  }

  private void table() throws IOException, FormatException {
    int size = integer();
    if (size < 0 || size > cursor.remaining()) {
      throw cursor.malformed(
          "table", "declares " + size + " entries but " + cursor.remaining() + " bytes follow");
    }
    for (int i = 0; i < size; i++) {
      object();
      object();
    }
  }

  private void function(int type, long start) throws IOException, FormatException {
    if (type != FUNCTION && !isNew()) {
      return;
    }
    long size = text("function");
    listener.function(size, start);
    object(); // the values that it encloses
  }

  private void instance(long start) throws IOException, FormatException {
    String version = name();
    String type = version.startsWith("V ") ? name() : version;
    listener.object(type, start);
    if (type.startsWith("torch.") && type.endsWith("Storage")) {
      long count = longInteger();
      skip(count, width(type, "Storage"));
    } else if (type.startsWith("torch.") && type.endsWith("Tensor")) {
      width(type, "Tensor");
      int dimensions = integer();
      if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
        throw cursor.malformed("tensor", "has " + dimensions + " dimensions");
      }
      skip(2L * dimensions + 1, Long.BYTES); // sizes, strides, offset
      object();
    } else {
      object(); // the fields, as a table
    }
  }

  /// @param type such as `torch.FloatStorage`
  private int width(String type, String suffix) throws FormatException {
    String name = type.substring("torch.".length(), type.length() - suffix.length());
    boolean isCuda = name.startsWith("Cuda") && name.length() > 4;
    Integer width = WIDTHS.get(isCuda ? name.substring(4) : name);
    if (width == null) {
      throw new FormatException.Unsupported(
          cursor.where("class"), cursor.position(), "numbers of the type " + name);
    }
    return width;
  }

  private void skip(long count, int width) throws IOException, FormatException {
    if (count < 0 || count > cursor.remaining() / (isText ? 1 : width)) {
      throw cursor.malformed(
          "numbers", "declares " + count + " but " + cursor.remaining() + " bytes follow");
    }
    if (isText) {
      for (long i = 0; i < count; i++) {
        word();
      }
    } else {
      cursor.skip("numbers", count * width);
    }
  }

  private int integer() throws IOException, FormatException {
    return isText ? (int) number() : cursor.i32(FIELD);
  }

  private long longInteger() throws IOException, FormatException {
    return isText ? number() : cursor.i64(FIELD);
  }

  private long number() throws IOException, FormatException {
    String word = word();
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw cursor.malformed(FIELD, "has a word where a number should be");
    }
  }

  private String word() throws IOException, FormatException {
    int each = cursor.u8(FIELD);
    while (each <= ' ') {
      each = cursor.u8(FIELD);
    }
    StringBuilder word = new StringBuilder();
    while (each > ' ') {
      if (word.length() == LONGEST_WORD) {
        throw cursor.malformed(FIELD, "has a word of more than " + LONGEST_WORD + " characters");
      }
      word.append((char) each);
      if (!cursor.hasRemaining()) {
        break;
      }
      each = cursor.u8(FIELD);
    }
    return word.toString();
  }

  private String name() throws IOException, FormatException {
    int length = integer();
    if (length < 0 || length > LONGEST_NAME) {
      throw cursor.malformed("class", "has a name of " + length + " bytes");
    }
    return cursor.text("class", length, StandardCharsets.UTF_8);
  }

  /// @return its size
  private long text(String field) throws IOException, FormatException {
    long size = integer();
    cursor.proved(field, cursor.position(), size & 0xffff_ffffL, Integer.MAX_VALUE);
    cursor.skip(field, size);
    return size;
  }
}
