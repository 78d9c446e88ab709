package dev.vidimus.formats.ubjson;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads one document, with arrays and objects of a declared type and count.
public final class UbjsonReader {
  private static final int DEEPEST = 128;
  private static final int LONGEST_TEXT = 16 << 20;
  private static final int LONGEST_NAME = 1 << 16;
  private static final int ANY = 0;
  private static final String FIELD = "value";

  private final ByteCursor cursor;
  private final UbjsonListener listener;
  private final List<Container> open = new ArrayList<>();
  private List<String> path = List.of();

  private UbjsonReader(ByteCursor cursor, UbjsonListener listener) {
    this.cursor = cursor;
    this.listener = listener;
  }

  /// A container that is open.
  private static final class Container {
    final boolean isObject;

    /// The type of all its values; 0 if each has its own.
    final int type;

    /// Values left; -1 if an end mark closes it.
    long left;

    String name = "";
    long index = -1;

    Container(boolean isObject, int type, long count) {
      this.isObject = isObject;
      this.type = type;
      this.left = count;
    }
  }

  /// Reads a document; nothing may follow it.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first value that does not fit, or over a limit
  public static void read(Bytes bytes, String source, UbjsonListener listener)
      throws IOException, FormatException {
    UbjsonReader reader = new UbjsonReader(new ByteCursor(bytes, source), listener);
    reader.value(reader.type());
    while (!reader.open.isEmpty()) {
      reader.next(reader.open.getLast());
    }
    if (reader.cursor.hasRemaining()) {
      throw reader.cursor.malformed("end", "something follows the document");
    }
  }

  private int type() throws IOException, FormatException {
    int type = cursor.u8("type");
    while (type == 'N') { // stands for nothing
      type = cursor.u8("type");
    }
    return type;
  }

  private void next(Container container) throws IOException, FormatException {
    if (container.left == 0 || (container.left < 0 && isClosed(container))) {
      open.removeLast();
      repath();
      return;
    }
    container.left = Math.max(container.left - 1, -1);
    if (container.isObject) {
      container.name = text("name", LONGEST_NAME);
      repath();
    } else {
      container.index++;
    }
    value(container.type == ANY ? type() : container.type);
  }

  private boolean isClosed(Container container) throws IOException {
    while (cursor.peek() == 'N') {
      cursor.seek(cursor.position() + 1);
    }
    if (cursor.peek() != (container.isObject ? '}' : ']')) {
      return false;
    }
    cursor.seek(cursor.position() + 1);
    return true;
  }

  private void value(int type) throws IOException, FormatException {
    long start = cursor.position();
    switch (type) {
      case 'Z', 'T', 'F' -> {}
      case 'C' -> cursor.u8(FIELD);
      case 'S', 'H' -> {
        String text = text("text", LONGEST_TEXT);
        if (type == 'S') {
          listener.text(place(), text, start);
        }
      }
      case '[', '{' -> container(type == '{');
      default -> listener.number(path, number(type), start);
    }
  }

  private double number(int type) throws IOException, FormatException {
    return switch (type) {
      case 'd' -> Float.intBitsToFloat((int) cursor.u32Big(FIELD));
      case 'D' -> Double.longBitsToDouble(cursor.i64Big(FIELD));
      default -> integer(type);
    };
  }

  private long integer(int type) throws IOException, FormatException {
    return switch (type) {
      case 'i' -> (byte) cursor.u8(FIELD);
      case 'U' -> cursor.u8(FIELD);
      case 'I' -> (short) (cursor.u8(FIELD) << 8 | cursor.u8(FIELD));
      case 'l' -> (int) cursor.u32Big(FIELD);
      case 'L' -> cursor.i64Big(FIELD);
      default -> throw cursor.malformed(FIELD, "has the type 0x" + Integer.toHexString(type));
    };
  }

  private void container(boolean isObject) throws IOException, FormatException {
    if (open.size() == DEEPEST) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "containers nested deeper than " + DEEPEST);
    }
    int type = ANY;
    long count = -1;
    if (cursor.peek() == '$') {
      cursor.u8(FIELD);
      type = cursor.u8("type");
      if (cursor.peek() != '#') {
        throw cursor.malformed(FIELD, "has a type but no count");
      }
    }
    if (cursor.peek() == '#') {
      cursor.u8(FIELD);
      count = count(type, isObject);
    }
    open.add(new Container(isObject, type, count));
    repath();
  }

  private long count(int type, boolean isObject) throws IOException, FormatException {
    long count = integer(cursor.u8("type of count"));
    boolean isEmpty = !isObject && (type == 'Z' || type == 'T' || type == 'F' || type == 'N');
    // Values without bytes could be as many as anybody says.
    if (count < 0 || count > (isEmpty ? 0 : cursor.remaining())) {
      throw cursor.malformed(
          "count", "declares " + count + " values but " + cursor.remaining() + " bytes follow");
    }
    return count;
  }

  private String text(String field, int most) throws IOException, FormatException {
    long start = cursor.position();
    long length = cursor.proved(field, start, integer(cursor.u8("type of length")), most);
    return cursor.text(field, (int) length, StandardCharsets.UTF_8);
  }

  private void repath() {
    List<String> names = new ArrayList<>(open.size());
    for (int i = 0; i < open.size(); i++) {
      Container each = open.get(i);
      if (each.isObject) {
        names.add(each.name);
      } else if (i < open.size() - 1) {
        names.add(Long.toString(each.index));
      }
    }
    path = names;
  }

  private List<String> place() {
    Container last = open.isEmpty() ? null : open.getLast();
    if (last == null || last.isObject) {
      return path;
    }
    List<String> place = new ArrayList<>(path);
    place.add(Long.toString(last.index));
    return place;
  }
}
