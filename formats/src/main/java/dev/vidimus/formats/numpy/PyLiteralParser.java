package dev.vidimus.formats.numpy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.numpy.PyLiteral.Bool;
import dev.vidimus.formats.numpy.PyLiteral.Dict;
import dev.vidimus.formats.numpy.PyLiteral.ListOf;
import dev.vidimus.formats.numpy.PyLiteral.None;
import dev.vidimus.formats.numpy.PyLiteral.Text;
import dev.vidimus.formats.numpy.PyLiteral.Tuple;
import dev.vidimus.formats.numpy.PyLiteral.Whole;
import java.util.ArrayList;
import java.util.List;

/// A parser for the literals of an array header. Anything else that Python would evaluate, such as
/// a name, a call or an operator, is malformed.
final class PyLiteralParser {
  private static final int DEEPEST = 32;
  private static final int PRINTED = 40;

  private final String text;
  private final String where;
  private final long origin;
  private int at;

  /// @param where source and field, for errors
  /// @param origin position of the text in the file; every character is one byte before version 3
  PyLiteralParser(String text, String where, long origin) {
    this.text = text;
    this.where = where;
    this.origin = origin;
  }

  /// Reads the whole text as one literal.
  PyLiteral parse() throws FormatException {
    PyLiteral value = value(0);
    skipWhite();
    if (at < text.length()) {
      throw malformed("something follows the literal");
    }
    return value;
  }

  private PyLiteral value(int depth) throws FormatException {
    if (depth > DEEPEST) {
      throw new FormatException.LimitExceeded(
          where, origin + at, "literals nested deeper than " + DEEPEST);
    }
    skipWhite();
    char c = peek();
    return switch (c) {
      case '{' -> dict(depth);
      case '(' -> tuple(depth);
      case '[' -> new ListOf(elements('[', ']', depth));
      case '\'', '"' -> new Text(string());
      case 'u', 'b' -> {
        at++;
        if (peek() != '\'' && peek() != '"') {
          throw malformed("is no literal");
        }
        yield new Text(string());
      }
      case 'T' -> word("True", new Bool(true));
      case 'F' -> word("False", new Bool(false));
      case 'N' -> word("None", new None());
      default -> new Whole(number());
    };
  }

  private Dict dict(int depth) throws FormatException {
    List<Dict.Entry> entries = new ArrayList<>();
    at++;
    while (true) {
      skipWhite();
      if (peek() == '}') {
        at++;
        return new Dict(entries);
      }
      String key = value(depth + 1) instanceof Text(String name) ? name : "";
      expect(':');
      entries.add(new Dict.Entry(key, value(depth + 1)));
      comma('}');
    }
  }

  private PyLiteral tuple(int depth) throws FormatException {
    int start = at;
    List<PyLiteral> elements = elements('(', ')', depth);
    boolean single = elements.size() == 1 && !endsWithComma(start);
    return single ? elements.getFirst() : new Tuple(elements); // (1) is a number in brackets
  }

  private boolean endsWithComma(int start) {
    int before = at - 2;
    while (before > start && isWhite(text.charAt(before))) {
      before--;
    }
    return text.charAt(before) == ',';
  }

  private List<PyLiteral> elements(char open, char close, int depth) throws FormatException {
    List<PyLiteral> elements = new ArrayList<>();
    expect(open);
    while (true) {
      skipWhite();
      if (peek() == close) {
        at++;
        return elements;
      }
      elements.add(value(depth + 1));
      comma(close);
    }
  }

  /// A comma, or the end that makes one unnecessary.
  private void comma(char close) throws FormatException {
    skipWhite();
    if (peek() == ',') {
      at++;
    } else if (peek() != close) {
      throw malformed("expected , or " + close);
    }
  }

  private void expect(char c) throws FormatException {
    skipWhite();
    if (peek() != c) {
      throw malformed("expected " + c);
    }
    at++;
  }

  private PyLiteral word(String word, PyLiteral value) throws FormatException {
    if (!text.startsWith(word, at)) {
      throw malformed("is no literal");
    }
    at += word.length();
    if (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      throw malformed("is no literal");
    }
    return value;
  }

  private String string() throws FormatException {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = peek();
      at++;
      if (c == quote) {
        return value.toString();
      }
      if (c == '\n') {
        throw malformed("a string that does not end");
      }
      if (c == '\\') {
        c = escaped();
      }
      value.append(c);
    }
  }

  private char escaped() throws FormatException {
    char c = peek();
    at++;
    return switch (c) {
      case '\\', '\'', '"' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      default ->
          throw new FormatException.Unsupported(
              where, origin + at, "the escape \\" + Printable.of(String.valueOf(c), 8));
    };
  }

  private char hex(int digits) throws FormatException {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw malformed("a bad escape");
      }
      value = value << 4 | digit;
      at++;
    }
    return (char) value;
  }

  /// Digits, perhaps signed, perhaps with the `L` that Python 2 wrote after long ones.
  private long number() throws FormatException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    if (at < text.length() && text.charAt(at) == 'L') {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '.' || isNamePart(text.charAt(at)))) {
      throw malformed("is no literal");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw malformed(digits.isEmpty() ? "is no literal" : "a number over 64 bits");
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isJavaIdentifierPart(c);
  }

  private void skipWhite() {
    while (at < text.length() && isWhite(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWhite(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }

  private char peek() throws FormatException {
    if (at >= text.length()) {
      throw malformed("ends too early");
    }
    return text.charAt(at);
  }

  private FormatException.Malformed malformed(String problem) {
    String near = text.substring(Math.min(at, text.length()));
    return new FormatException.Malformed(
        where, origin + at, problem + ": \"" + Printable.of(near, PRINTED) + "\"");
  }
}
