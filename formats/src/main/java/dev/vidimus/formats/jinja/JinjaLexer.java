package dev.vidimus.formats.jinja;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.jinja.JinjaToken.Kind;
import java.util.ArrayList;
import java.util.List;

/// Divides a template into words. White space control (`-`, `+`) is passed over, because it changes
/// nothing about what a template does.
final class JinjaLexer {
  /// Words of one template.
  private static final int MOST_TOKENS = 400_000;

  private static final List<String> LONG_OPERATORS = List.of("**", "//", "==", "!=", ">=", "<=");
  private static final String OPERATORS = "+-/*%~[](){}><=.:|,;";

  private final String source;
  private final String text;
  private final List<JinjaToken> tokens = new ArrayList<>();
  private int at;

  JinjaLexer(String source, String text) {
    this.source = source;
    this.text = text;
  }

  /// The words read so far: all of them, unless reading failed.
  List<JinjaToken> tokens() {
    return tokens;
  }

  void read() throws FormatException {
    while (at < text.length()) {
      int open = nextTag();
      if (open > at) {
        add(Kind.DATA, text.substring(at, open), at);
      }
      at = open;
      if (at < text.length()) {
        tag();
      }
    }
  }

  private int nextTag() {
    for (int i = text.indexOf('{', at); i >= 0 && i + 1 < text.length(); ) {
      if ("{%#".indexOf(text.charAt(i + 1)) >= 0) {
        return i;
      }
      i = text.indexOf('{', i + 1);
    }
    return text.length();
  }

  private void tag() throws FormatException {
    int start = at;
    char kind = text.charAt(at + 1);
    at += 2;
    if (kind == '#') {
      int end = text.indexOf("#}", at);
      if (end < 0) {
        throw malformed(start, "the comment does not end");
      }
      at = end + 2;
      return;
    }
    skipSign();
    if (kind == '%' && raw(start)) {
      return;
    }
    add(kind == '{' ? Kind.PRINT_BEGIN : Kind.BLOCK_BEGIN, "", start);
    inside(start, kind == '{' ? "}}" : "%}", kind == '{' ? Kind.PRINT_END : Kind.BLOCK_END);
  }

  private void skipSign() {
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
  }

  /// `raw` to `endraw` is text whatever it looks like.
  private boolean raw(int start) throws FormatException {
    int end = tagOf("raw", at);
    if (end < 0) {
      return false;
    }
    for (int i = text.indexOf("{%", end); i >= 0; i = text.indexOf("{%", i + 2)) {
      int sign = i + 2 < text.length() && "-+".indexOf(text.charAt(i + 2)) >= 0 ? 1 : 0;
      int close = tagOf("endraw", i + 2 + sign);
      if (close >= 0) {
        add(Kind.DATA, text.substring(end, i), end);
        at = close;
        return true;
      }
    }
    throw malformed(start, "raw without endraw");
  }

  /// The end of the tag that has but one word, or -1.
  private int tagOf(String word, int from) {
    int i = skipWhite(from);
    if (!text.startsWith(word, i)) {
      return -1;
    }
    i = skipWhite(i + word.length());
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    return text.startsWith("%}", i) ? i + 2 : -1;
  }

  private int skipWhite(int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private void inside(int start, String end, Kind endKind) throws FormatException {
    int braces = 0;
    while (true) {
      at = skipWhite(at);
      if (at >= text.length()) {
        throw malformed(start, "the tag does not end");
      }
      if (braces == 0) {
        int sign = "-+".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
        if (text.startsWith(end, at + sign)) {
          add(endKind, "", at);
          at += sign + 2;
          return;
        }
      }
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        string(c);
      } else if (isDigit(c)) {
        number();
      } else if (Character.isJavaIdentifierStart(c) && c != '$') {
        name();
      } else {
        braces += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        if (braces < 0) {
          throw malformed(at, "'" + c + "' closes nothing");
        }
        operator(c);
      }
    }
  }

  private void name() throws FormatException {
    int start = at;
    while (at < text.length()
        && Character.isJavaIdentifierPart(text.charAt(at))
        && text.charAt(at) != '$') {
      at++;
    }
    add(Kind.NAME, text.substring(start, at), start);
  }

  private void number() throws FormatException {
    int start = at;
    while (at < text.length() && isNumberPart(start)) {
      at++;
    }
    add(Kind.NUMBER, text.substring(start, at).replace("_", ""), start);
  }

  /// `1_000`, `0x1f`, `1.5e3`; but the point of `1.x` belongs to an attribute.
  private boolean isNumberPart(int start) {
    char c = text.charAt(at);
    if (isDigit(c) || c == '_') {
      return true;
    }
    if (c == '.') {
      return at + 1 < text.length()
          && isDigit(text.charAt(at + 1))
          && text.substring(start, at).indexOf('.') < 0;
    }
    return ("xXoObB".indexOf(c) >= 0 && at == start + 1)
        || ("abcdefABCDEF".indexOf(c) >= 0 && text.startsWith("0x", start))
        || ("eE".indexOf(c) >= 0 && at + 1 < text.length() && isDigit(text.charAt(at + 1)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void string(char quote) throws FormatException {
    int start = at;
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw malformed(start, "the string does not end");
    }
    add(Kind.STRING, Escapes.undo(text.substring(start + 1, end)), start);
    at = end + 1;
  }

  private void operator(char c) throws FormatException {
    for (String operator : LONG_OPERATORS) {
      if (text.startsWith(operator, at)) {
        add(Kind.OPERATOR, operator, at);
        at += operator.length();
        return;
      }
    }
    if (OPERATORS.indexOf(c) < 0) {
      throw malformed(at, "no tag has the character U+%04X".formatted((int) c));
    }
    add(Kind.OPERATOR, String.valueOf(c), at);
    at++;
  }

  private void add(Kind kind, String word, int where) throws FormatException {
    if (tokens.size() == MOST_TOKENS) {
      throw new FormatException.LimitExceeded(
          source, where, "more than " + MOST_TOKENS + " words in one template");
    }
    tokens.add(new JinjaToken(kind, word, where));
  }

  private FormatException malformed(int where, String problem) {
    return new FormatException.Malformed(source, where, problem);
  }
}
