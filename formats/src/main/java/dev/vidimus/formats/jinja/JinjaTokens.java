package dev.vidimus.formats.jinja;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.jinja.JinjaToken.Kind;
import java.util.List;

/// The words with a position in them.
final class JinjaTokens {
  /// Statements and brackets inside one another.
  private static final int DEEPEST = 64;

  private final String source;
  private final List<JinjaToken> words;
  private final JinjaToken end;
  private int next;
  private int depth;

  JinjaTokens(String source, int length, List<JinjaToken> words) {
    this.source = source;
    this.words = words;
    this.end = new JinjaToken(Kind.END, "", length);
  }

  JinjaToken peek() {
    return next < words.size() ? words.get(next) : end;
  }

  JinjaToken next() {
    JinjaToken token = peek();
    next++;
    return token;
  }

  void back() {
    next--;
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

  JinjaToken take(Kind kind) throws FormatException {
    JinjaToken token = next();
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
    return new FormatException.LimitExceeded(source, peek().at(), "nested deeper than " + DEEPEST);
  }

  FormatException unexpected(JinjaToken token) {
    String what =
        switch (token.kind()) {
          case END -> "the template ends too early";
          case PRINT_END, BLOCK_END -> "the tag ends too early";
          case DATA, PRINT_BEGIN, BLOCK_BEGIN, NAME, STRING, NUMBER, OPERATOR ->
              "\"" + token.text() + "\" does not belong here";
        };
    return new FormatException.Malformed(source, token.at(), what);
  }
}
