package dev.vidimus.formats.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.python.PyToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// Divides a program into words by the [lexical
/// rules](https://docs.python.org/3/reference/lexical_analysis.html) of Python 3.
final class PyLexer {
  private static final int MOST_TOKENS = 2_000_000;
  private static final int DEEPEST = 100;
  private static final int TAB = 8;

  /// Length of an expression in a string, and how many may lack their end: to look for it costs.
  private static final int LONGEST_FIELD = 1 << 16;

  private static final int MOST_OPEN_FIELDS = 1_000;

  private static final List<String> LONG =
      List.of(
          "**=", "//=", ">>=", "<<=", "...", "!=", "==", "<=", ">=", "<>", "->", ":=", "+=", "-=",
          "*=", "/=", "%=", "@=", "&=", "|=", "^=", "**", "//", "<<", ">>");
  private static final String SHORT = "+-*/%@&|^~<>()[]{},:.;=!";

  private final String source;
  private final String text;
  private final List<PyToken> tokens = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private int at;
  private int line;
  private int brackets;
  private int openFields;

  /// @param line number of the first line
  PyLexer(String source, String text, int line) {
    this.source = source;
    this.text = text;
    this.line = line;
  }

  /// The words of a whole program, with its lines and indents.
  List<PyToken> program() throws FormatException {
    at = text.startsWith("\ufeff") ? 1 : 0;
    while (at < text.length()) {
      indent();
      line();
    }
    while (indents.size() > 1) {
      indents.pop();
      add(Kind.DEDENT, "", line);
    }
    return tokens;
  }

  /// The words of an expression that stands in a string.
  List<PyToken> expression() throws FormatException {
    brackets = 1; // lines do not end it
    while (at < text.length()) {
      word();
    }
    return tokens;
  }

  private void indent() throws FormatException {
    int start = at;
    int column = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\t') {
        column = (column / TAB + 1) * TAB;
      } else if (c == '\f') {
        column = 0;
      } else if (c == ' ') {
        column++;
      } else {
        break;
      }
      at++;
    }
    if (at == text.length() || "#\r\n".indexOf(text.charAt(at)) >= 0 || start == text.length()) {
      return; // a blank line has no indent
    }
    if (column > indents.element()) {
      if (indents.size() > DEEPEST) {
        throw new FormatException.LimitExceeded(source, line, "indented over " + DEEPEST);
      }
      indents.push(column);
      add(Kind.INDENT, "", line);
    }
    while (column < indents.element()) {
      indents.pop();
      add(Kind.DEDENT, "", line);
    }
  }

  /// To the end of a logical line.
  private void line() throws FormatException {
    int before = tokens.size();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        lineEnd();
        if (brackets == 0) {
          break;
        }
      } else {
        word();
      }
    }
    boolean isBlank = tokens.size() == before || tokens.getLast().kind() == Kind.INDENT;
    if (!isBlank && tokens.getLast().kind() != Kind.DEDENT) {
      add(Kind.NEWLINE, "", line);
    }
  }

  private void lineEnd() {
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line++;
  }

  private void word() throws FormatException {
    char c = text.charAt(at);
    if (c == ' ' || c == '\t' || c == '\f') {
      at++;
    } else if (c == '\n' || c == '\r') {
      lineEnd();
    } else if (c == '#') {
      while (at < text.length() && "\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
    } else if (c == '\\' && at + 1 < text.length() && "\r\n".indexOf(text.charAt(at + 1)) >= 0) {
      at++;
      lineEnd();
    } else if (c == '"' || c == '\'') {
      string("");
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (isNameStart(c)) {
      name();
    } else {
      operator(c);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c != '$' && (Character.isJavaIdentifierStart(c) || Character.isSurrogate(c));
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c)
        || isDigit(c)
        || Character.isDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK
        || c == '\u00b7';
  }

  private void name() throws FormatException {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    boolean isPrefix =
        at < text.length()
            && (text.charAt(at) == '"' || text.charAt(at) == '\'')
            && isPrefix(name.toLowerCase(Locale.ROOT));
    if (isPrefix) {
      string(name.toLowerCase(Locale.ROOT));
    } else {
      add(Kind.NAME, name, line);
    }
  }

  private static boolean isPrefix(String name) {
    return switch (name) {
      case "r", "b", "u", "f", "t", "rb", "br", "rf", "fr", "tr", "rt" -> true;
      default -> false;
    };
  }

  private void number() throws FormatException {
    int start = at;
    boolean isHex = text.startsWith("0x", at) || text.startsWith("0X", at);
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean isSign =
          !isHex
              && (c == '+' || c == '-')
              && at > start
              && "eE".indexOf(text.charAt(at - 1)) >= 0
              && at + 1 < text.length()
              && isDigit(text.charAt(at + 1));
      boolean isLetter = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
      if (!isLetter && c != '.' && !isSign) {
        break;
      }
      // `1if x else y` is Python; hex digits and exponents are part of the number.
      if (!isHex && Character.isLetter(c) && "eEjJxXoObBlL".indexOf(c) < 0) {
        break;
      }
      if (!isHex && (c == 'e' || c == 'E') && !hasExponent()) {
        break;
      }
      at++;
    }
    add(Kind.NUMBER, text.substring(start, at).replace("_", ""), line);
  }

  private boolean hasExponent() {
    int next = at + 1;
    if (next < text.length() && "+-".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    return next < text.length() && isDigit(text.charAt(next));
  }

  private void string(String prefix) throws FormatException {
    int first = line;
    char quote = text.charAt(at);
    boolean isLong = text.startsWith(String.valueOf(quote).repeat(3), at);
    String end = String.valueOf(quote).repeat(isLong ? 3 : 1);
    at += end.length();
    int start = at;
    boolean isFormat = prefix.indexOf('f') >= 0 || prefix.indexOf('t') >= 0;
    boolean hasFields = isFormat && openFields < MOST_OPEN_FIELDS;
    int lineEnd = isLong ? -1 : text.indexOf('\n', at);
    int limit = lineEnd < 0 ? text.length() : lineEnd;
    while (!text.startsWith(end, at)) {
      if (at >= text.length() || (!isLong && "\r\n".indexOf(text.charAt(at)) >= 0)) {
        throw malformed("a string does not end", first);
      }
      if (hasFields && text.charAt(at) == '{' && !text.startsWith("{{", at)) {
        int close = PyFormats.closing(text, at, Math.min(limit, at + LONGEST_FIELD));
        if (close > 0) {
          line += lines(at, close);
          at = close;
          continue;
        }
        hasFields = false;
        openFields++;
      }
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        line += text.charAt(at + 1) == '\n' ? 1 : 0;
        at += 2;
      } else {
        line += text.charAt(at) == '\n' ? 1 : 0;
        at++;
      }
    }
    String raw = text.substring(start, at);
    at += end.length();
    boolean isRaw = prefix.indexOf('r') >= 0;
    boolean isBytes = prefix.indexOf('b') >= 0;
    Kind kind = isFormat ? Kind.FORMAT : isBytes ? Kind.BYTES : Kind.STRING;
    add(kind, isFormat || isRaw ? raw : PyEscapes.undo(raw, isBytes), first);
  }

  private int lines(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += text.charAt(i) == '\n' ? 1 : 0;
    }
    return count;
  }

  private void operator(char c) throws FormatException {
    for (String operator : LONG) {
      if (text.startsWith(operator, at)) {
        add(Kind.OPERATOR, operator, line);
        at += operator.length();
        return;
      }
    }
    if (SHORT.indexOf(c) < 0) {
      throw malformed("Python has no character U+%04X".formatted((int) c), line);
    }
    if ("([{".indexOf(c) >= 0) {
      brackets++;
    } else if (")]}".indexOf(c) >= 0 && --brackets < 0) {
      throw malformed("'" + c + "' closes nothing", line);
    }
    add(Kind.OPERATOR, String.valueOf(c), line);
    at++;
  }

  private void add(Kind kind, String word, int where) throws FormatException {
    if (tokens.size() == MOST_TOKENS) {
      throw new FormatException.LimitExceeded(
          source, where, "more than " + MOST_TOKENS + " words in one program");
    }
    tokens.add(new PyToken(kind, word, where));
  }

  private FormatException malformed(String problem, int where) {
    return new FormatException.Malformed(source + ", line " + where, at, problem);
  }
}
