package dev.vidimus.formats.xml;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Reads one document ([XML 1.0](https://www.w3.org/TR/xml/)). Tags must match; of what is between
/// them the beginning is kept.
public final class XmlReader {
  private static final int DEEPEST = 256;
  private static final int LONGEST_NAME = 1024;
  private static final int LONGEST_VALUE = 1 << 20;
  private static final int MOST_ATTRIBUTES = 1024;
  private static final int LONGEST_TEXT = 4_096;
  private static final String FIELD = "document";
  private static final String MARKUP_IN_VALUE = "<";

  private final ByteCursor cursor;
  private final XmlListener listener;
  private final Deque<String> open = new ArrayDeque<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private boolean hasRoot;

  private XmlReader(ByteCursor cursor, XmlListener listener) {
    this.cursor = cursor;
    this.listener = listener;
  }

  /// Reads a document to its end.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first thing that is not well-formed
  /// @throws IOException if the bytes cannot be read
  public static void read(Bytes bytes, String source, XmlListener listener)
      throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(bytes, source);
    byte[] head = bytes.head(3);
    if (head.length > 1 && (head[0] == 0 || head[1] == 0 || (head[0] & 0xfe) == 0xfe)) {
      throw new FormatException.Unsupported(cursor.where(FIELD), 0, "an encoding of 16 bits");
    }
    if (head.length == 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb) {
      cursor.skip(FIELD, 3);
    }
    new XmlReader(cursor, listener).document();
  }

  private void document() throws IOException, FormatException {
    while (cursor.hasRemaining()) {
      int each = cursor.u8(FIELD);
      if (each == '<') {
        markup(cursor.position() - 1);
      } else if (open.isEmpty() && each > ' ') {
        throw cursor.malformed(FIELD, "has text outside its root");
      } else if (text.size() < LONGEST_TEXT) {
        text.write(each);
      }
    }
    if (!open.isEmpty() || !hasRoot) {
      String what = open.isEmpty() ? "has no root" : "ends inside " + shown(open.getLast());
      throw cursor.malformed(FIELD, what);
    }
  }

  private void markup(long start) throws IOException, FormatException {
    int next = cursor.peek();
    if (next == '?') {
      instruction();
    } else if (next == '!') {
      cursor.u8(FIELD);
      declaration(start);
    } else if (next == '/') {
      cursor.u8(FIELD);
      String name = name();
      white();
      expect('>');
      if (open.isEmpty() || !open.removeLast().equals(name)) {
        throw cursor.malformed(FIELD, "ends " + shown(name) + ", which is not open");
      }
      listener.end(local(name), resolved(text.toString(StandardCharsets.UTF_8)), open.size());
      text.reset();
    } else {
      element(start);
    }
  }

  /// The encoding stands in the first one.
  private void instruction() throws IOException, FormatException {
    String text = until("?>", LONGEST_VALUE);
    int at = text.indexOf("encoding");
    if (text.startsWith("?xml") && at > 0) {
      String encoding = text.substring(at + 8).replaceAll("[\\s=\"']", " ").strip();
      String lower = encoding.toLowerCase(Locale.ROOT);
      boolean extendsAscii =
          lower.startsWith("utf-8")
              || lower.startsWith("us-ascii")
              || lower.startsWith("iso-8859")
              || lower.startsWith("windows-125");
      if (!extendsAscii) {
        throw new FormatException.Unsupported(
            cursor.where("encoding"), cursor.position(), "the encoding " + shown(encoding));
      }
    }
  }

  private void declaration(long start) throws IOException, FormatException {
    if (cursor.peek() == '-') {
      skipUntil("-->");
    } else if (cursor.peek() == '[') {
      skipUntil("]]>");
    } else {
      String kind = name();
      if (!kind.equals("DOCTYPE") || hasRoot) {
        throw cursor.malformed(FIELD, "declares " + shown(kind) + " where none may be");
      }
      documentType(start);
    }
  }

  /// Up to `>`, with declarations of its own in brackets.
  private void documentType(long start) throws IOException, FormatException {
    String head = declared(true);
    listener.declaration("DOCTYPE", head, start);
    if (!head.endsWith("[")) {
      return;
    }
    while (true) {
      int each = cursor.u8(FIELD);
      if (each == ']') {
        white();
        expect('>');
        return;
      }
      if (each == '<') {
        inner(cursor.position() - 1);
      }
    }
  }

  private void inner(long start) throws IOException, FormatException {
    if (cursor.peek() == '?') {
      skipUntil("?>");
      return;
    }
    expect('!');
    if (cursor.peek() == '-') {
      skipUntil("-->");
      return;
    }
    String kind = name();
    listener.declaration(kind, declared(false), start);
  }

  /// The rest of a declaration, without its `>`.
  ///
  /// @param mayOpen whether a bracket ends it too, and is then its last character
  private String declared(boolean mayOpen) throws IOException, FormatException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int quote = 0;
    while (true) {
      int each = cursor.u8(FIELD);
      if (quote == 0 && each == '>') {
        break;
      }
      add(text, each);
      if (quote == 0 && mayOpen && each == '[') {
        break;
      }
      if (each == quote) {
        quote = 0;
      } else if (quote == 0 && (each == '"' || each == '\'')) {
        quote = each;
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private void element(long start) throws IOException, FormatException {
    String name = name();
    if (open.isEmpty() && hasRoot) {
      throw cursor.malformed(FIELD, "has a second root, " + shown(name));
    }
    hasRoot = true;
    if (open.size() == DEEPEST) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), start, "elements nested deeper than " + DEEPEST);
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    boolean isEmpty = attributes(attributes);
    listener.start(local(name), attributes, open.size(), start);
    text.reset();
    if (isEmpty) {
      listener.end(local(name), "", open.size());
    } else {
      open.addLast(name);
    }
  }

  private static String resolved(String raw) {
    return raw.strip()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  /// @return whether the element ends with its tag
  private boolean attributes(Map<String, String> attributes) throws IOException, FormatException {
    while (true) {
      white();
      int next = cursor.peek();
      if (next == '>') {
        cursor.u8(FIELD);
        return false;
      }
      if (next == '/') {
        cursor.u8(FIELD);
        expect('>');
        return true;
      }
      String name = name();
      white();
      expect('=');
      white();
      int quote = cursor.u8(FIELD);
      if (quote != '"' && quote != '\'') {
        throw cursor.malformed(FIELD, "has an attribute " + shown(name) + " without quotes");
      }
      String value = value(quote);
      if (attributes.put(local(name), value) != null && name.indexOf(':') < 0) {
        throw cursor.malformed(FIELD, "has the attribute " + shown(name) + " twice");
      }
      if (attributes.size() > MOST_ATTRIBUTES) {
        throw new FormatException.LimitExceeded(
            cursor.where(FIELD), cursor.position(), "over " + MOST_ATTRIBUTES + " attributes");
      }
    }
  }

  private String value(int quote) throws IOException, FormatException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int each = cursor.u8(FIELD); each != quote; each = cursor.u8(FIELD)) {
      add(text, each);
    }
    String value = text.toString(StandardCharsets.UTF_8);
    if (value.contains(MARKUP_IN_VALUE)) {
      throw cursor.malformed(FIELD, "has markup in an attribute");
    }
    return value;
  }

  private void add(ByteArrayOutputStream text, int each) throws FormatException {
    if (text.size() == LONGEST_VALUE) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "a value over " + LONGEST_VALUE + " bytes");
    }
    text.write(each);
  }

  private String name() throws IOException, FormatException {
    StringBuilder name = new StringBuilder();
    for (int next = cursor.peek(); isNamePart(next); next = cursor.peek()) {
      name.append((char) cursor.u8(FIELD));
      if (name.length() > LONGEST_NAME) {
        throw new FormatException.LimitExceeded(
            cursor.where(FIELD), cursor.position(), "a name over " + LONGEST_NAME + " bytes");
      }
    }
    if (name.isEmpty()) {
      throw cursor.malformed(FIELD, "has no name where one must be");
    }
    return name.toString();
  }

  private static boolean isNamePart(int c) {
    return c >= 0x80 || Character.isLetterOrDigit(c) || (c > 0 && "_-.:".indexOf(c) >= 0);
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private void white() throws IOException, FormatException {
    for (int next = cursor.peek(); next >= 0 && next <= ' '; next = cursor.peek()) {
      cursor.u8(FIELD);
    }
  }

  private void expect(char c) throws IOException, FormatException {
    int found = cursor.u8(FIELD);
    if (found != c) {
      throw cursor.malformed(FIELD, "has a byte 0x%02x where %s must be".formatted(found, c));
    }
  }

  private void skipUntil(String end) throws IOException, FormatException {
    int matched = 0;
    while (matched < end.length()) {
      int each = cursor.u8(FIELD);
      if (each == end.charAt(matched)) {
        matched++;
      } else {
        boolean isRun = matched == 2 && end.charAt(0) == end.charAt(1) && each == end.charAt(0);
        matched = isRun ? 2 : each == end.charAt(0) ? 1 : 0;
      }
    }
  }

  private String until(String end, int most) throws IOException, FormatException {
    long start = cursor.position();
    skipUntil(end);
    long length = Math.min(most, cursor.position() - start);
    return new String(cursor.bytes().array(start, (int) length), StandardCharsets.UTF_8);
  }

  private static String shown(String text) {
    return Printable.of(text, 80);
  }
}
