package dev.vidimus.formats.protobuf;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads messages in their [text format](https://protobuf.dev/reference/protobuf/textformat-spec/),
/// of whatever type: names, values and messages inside.
public final class ProtoTextReader {
  private static final int DEEPEST = 100;
  private static final int LONGEST_NAME = 1024;

  /// How much of a value is kept.
  private static final int LONGEST_VALUE = 4096;

  private static final String FIELD = "message";

  private final ByteCursor cursor;
  private final Listener listener;
  private final List<String> path = new ArrayList<>();

  /// The end marks of the messages and lists that are open.
  private final List<Integer> ends = new ArrayList<>();

  private ProtoTextReader(ByteCursor cursor, Listener listener) {
    this.cursor = cursor;
    this.listener = listener;
  }

  /// Hears the fields of a message, in order.
  public interface Listener {
    /// A field that is no message; an element of a list is a field of its own.
    ///
    /// @param path names of the fields around it and its own, outermost first
    /// @param value without quotes and escapes, cut off after 4 KiB
    void field(List<String> path, String value, long offset);

    /// A message ends.
    ///
    /// @param path to it, with its own name
    void end(List<String> path, long offset);
  }

  /// Reads a message to its end.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first thing that is not in the format, or over a limit
  public static void read(Bytes bytes, String source, Listener listener)
      throws IOException, FormatException {
    new ProtoTextReader(new ByteCursor(bytes, source), listener).message();
  }

  private void message() throws IOException, FormatException {
    while (true) {
      int next = skipWhite();
      if (next < 0) {
        break;
      }
      if (!ends.isEmpty() && next == ends.getLast()) {
        cursor.u8(FIELD);
        close();
      } else if (next == ',' || next == ';') {
        cursor.u8(FIELD);
      } else if (!ends.isEmpty() && ends.getLast() == ']') {
        value();
      } else {
        field(next);
      }
    }
    if (!ends.isEmpty()) {
      throw cursor.malformed(FIELD, "the file ends inside " + path.getLast());
    }
  }

  private void close() {
    boolean isMessage = ends.removeLast() != ']';
    if (isMessage) {
      listener.end(List.copyOf(path), cursor.position());
    }
    // An element of a list is called as the list, which goes on.
    boolean isElement = isMessage && !ends.isEmpty() && ends.getLast() == ']';
    if (!isElement) {
      path.removeLast();
    }
  }

  private void field(int first) throws IOException, FormatException {
    path.add(first == '[' ? extension() : word());
    int next = skipWhite();
    if (next == ':') {
      cursor.u8(FIELD);
      next = skipWhite();
    } else if (next != '{' && next != '<' && next != '[') {
      throw cursor.malformed(FIELD, "has a name without a value");
    }
    if (next == '[') {
      cursor.u8(FIELD);
      open(']');
    } else {
      value();
    }
  }

  /// A message, whose fields follow, or a value.
  private void value() throws IOException, FormatException {
    int next = cursor.peek();
    if (next == '{' || next == '<') {
      cursor.u8(FIELD);
      open(next == '{' ? '}' : '>');
      return;
    }
    long start = cursor.position();
    String text = next == '"' || next == '\'' ? texts() : number();
    listener.field(List.copyOf(path), text, start);
    if (ends.isEmpty() || ends.getLast() != ']') {
      path.removeLast();
    }
  }

  private void open(int end) throws FormatException {
    if (ends.size() == DEEPEST) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "messages nested deeper than " + DEEPEST);
    }
    ends.add(end);
  }

  private String extension() throws IOException, FormatException {
    cursor.u8(FIELD);
    StringBuilder name = new StringBuilder();
    for (int each = cursor.u8(FIELD); each != ']'; each = cursor.u8(FIELD)) {
      add(name, each);
    }
    return name.toString();
  }

  private String word() throws IOException, FormatException {
    StringBuilder word = new StringBuilder();
    while (isPart(cursor.peek())) {
      add(word, cursor.u8(FIELD));
    }
    if (word.isEmpty()) {
      throw cursor.malformed(FIELD, "has no name where one should be");
    }
    return word.toString();
  }

  /// A number, a truth value or the name of a value, with its sign.
  private String number() throws IOException, FormatException {
    if (cursor.peek() == '-') {
      cursor.u8(FIELD);
      skipWhite();
      return "-" + word();
    }
    return word();
  }

  private void add(StringBuilder word, int each) throws FormatException {
    if (word.length() == LONGEST_NAME) {
      throw cursor.malformed(FIELD, "has a word of more than " + LONGEST_NAME + " characters");
    }
    word.append((char) each);
  }

  private static boolean isPart(int each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '_'
        || each == '.'
        || each == '+'
        || each == '-'
        || each == '/';
  }

  /// Texts that follow one another are one.
  private String texts() throws IOException, FormatException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int next = cursor.peek();
    while (next == '"' || next == '\'') {
      text(text);
      next = skipWhite();
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private void text(ByteArrayOutputStream text) throws IOException, FormatException {
    int quote = cursor.u8(FIELD);
    for (int each = cursor.u8(FIELD); each != quote; each = cursor.u8(FIELD)) {
      if (each == '\n') {
        throw cursor.malformed(FIELD, "has a text that does not end with its line");
      }
      int plain = each == '\\' ? escape() : each;
      if (text.size() < LONGEST_VALUE) {
        text.write(plain);
      }
    }
  }

  private int escape() throws IOException, FormatException {
    int each = cursor.u8(FIELD);
    return switch (each) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'x', 'X' -> digits(0, 2, 16);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> digits(each - '0', 2, 8);
      default -> each;
    };
  }

  private int digits(int first, int most, int radix) throws IOException, FormatException {
    int value = first;
    for (int i = 0; i < most; i++) {
      int digit = Character.digit(cursor.peek(), radix);
      if (digit < 0) {
        break;
      }
      cursor.u8(FIELD);
      value = value * radix + digit;
    }
    return value & 0xff;
  }

  /// The next byte that is neither white space nor of a comment, or -1.
  private int skipWhite() throws IOException, FormatException {
    while (true) {
      int next = cursor.peek();
      if (next == '#') {
        while (cursor.hasRemaining() && cursor.u8(FIELD) != '\n') {
          // a comment ends with its line
        }
      } else if (next >= 0 && next <= ' ') {
        cursor.u8(FIELD);
      } else {
        return next;
      }
    }
  }
}
