package dev.vidimus.formats.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.python.PyToken.Kind;
import java.util.List;

/// The words with a position in them.
final class PyTokens {
  /// Statements, brackets and formatted strings inside one another.
  private static final int DEEPEST = 100;

  private final String source;
  private final List<PyToken> words;
  private int next;
  private int depth;

  PyTokens(String source, List<PyToken> words) {
    this.source = source;
    this.words = words;
  }

  /// The words of an expression in a string of this program.
  PyTokens inside(String text, int line) throws FormatException {
    PyTokens inner = new PyTokens(source, new PyLexer(source, text, line).expression());
    inner.depth = depth;
    inner.enter();
    return inner;
  }

  PyToken peek() {
    return peek(0);
  }

  PyToken peek(int ahead) {
    int at = next + ahead;
    if (at < words.size()) {
      return words.get(at);
    }
    return new PyToken(Kind.END, "", words.isEmpty() ? 1 : words.getLast().line());
  }

  PyToken next() {
    PyToken token = peek();
    next++;
    return token;
  }

  int line() {
    return peek().line();
  }

  boolean at(Kind kind) {
    return peek().kind() == kind;
  }

  boolean atOperator(String operator) {
    return peek().is(Kind.OPERATOR, operator);
  }

  boolean atName(String name) {
    return peek().is(Kind.NAME, name);
  }

  boolean skipOperator(String operator) {
    boolean is = atOperator(operator);
    next += is ? 1 : 0;
    return is;
  }

  boolean skipName(String name) {
    boolean is = atName(name);
    next += is ? 1 : 0;
    return is;
  }

  PyToken take(Kind kind) throws FormatException {
    PyToken token = next();
    if (token.kind() != kind) {
      throw unexpected(token);
    }
    return token;
  }

  void takeOperator(String operator) throws FormatException {
    if (!skipOperator(operator)) {
      throw unexpected(next());
    }
  }

  void takeName(String name) throws FormatException {
    if (!skipName(name)) {
      throw unexpected(next());
    }
  }

  void enter() throws FormatException {
    if (++depth > DEEPEST) {
      throw tooDeep();
    }
  }

  void leave() {
    depth--;
  }

  FormatException tooDeep() {
    return new FormatException.LimitExceeded(
        source + ", line " + line(), 0, "nested deeper than " + DEEPEST);
  }

  FormatException unexpected(PyToken token) {
    String what =
        switch (token.kind()) {
          case END -> "the program ends too early";
          case NEWLINE -> "the line ends too early";
          case INDENT, DEDENT -> "the indent does not fit";
          case NAME, NUMBER, OPERATOR -> "\"" + token.text() + "\" does not belong here";
          case STRING, BYTES, FORMAT -> "a string does not belong here";
        };
    return new FormatException.Malformed(source + ", line " + token.line(), 0, what);
  }
}
