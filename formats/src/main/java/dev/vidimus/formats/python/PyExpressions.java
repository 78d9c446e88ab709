package dev.vidimus.formats.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.python.PyNode.Argument;
import dev.vidimus.formats.python.PyToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The expressions of Python. Operators make one wide [PyNode.Operation] whatever their precedence,
/// because what a program reaches does not depend on it.
final class PyExpressions {
  /// Points, brackets and calls behind one operand.
  private static final int LONGEST_CHAIN = 400;

  private static final Set<String> SIGNS = Set.of("-", "+", "~", "*", "**");
  private static final Set<String> OPERATORS =
      Set.of(
          "+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "&", "|", "^", "<", ">", "<=", ">=",
          "==", "!=", "<>", ":=");
  private static final Set<String> RESERVED =
      Set.of(
          "and",
          "as",
          "assert",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "nonlocal",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with");

  private final PyTokens tokens;

  PyExpressions(PyTokens tokens) {
    this.tokens = tokens;
  }

  /// One expression, or several with commas between them.
  PyNode list() throws FormatException {
    return list(false);
  }

  /// @param withAs whether `as` may name a part, as in patterns and in `with`
  PyNode list(boolean withAs) throws FormatException {
    int line = tokens.line();
    PyNode first = expression(true, withAs);
    if (!tokens.atOperator(",")) {
      return first;
    }
    List<PyNode> items = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && begins()) {
      items.add(expression(true, withAs));
    }
    return new PyNode.Collection(line, "(", items);
  }

  PyNode expression() throws FormatException {
    return expression(true, false);
  }

  /// What a loop or comprehension assigns to: no operators, so that `in` ends it.
  PyNode targets() throws FormatException {
    int line = tokens.line();
    List<PyNode> items = new ArrayList<>();
    do {
      if (!items.isEmpty() && tokens.atName("in")) {
        break;
      }
      tokens.skipOperator("*");
      items.add(postfix());
    } while (tokens.skipOperator(","));
    return items.size() == 1 ? items.getFirst() : new PyNode.Collection(line, "(", items);
  }

  private boolean begins() {
    PyToken token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> !RESERVED.contains(token.text());
      case NUMBER, STRING, BYTES, FORMAT -> true;
      case OPERATOR ->
          SIGNS.contains(token.text()) || Set.of("(", "[", "{", "...").contains(token.text());
      case NEWLINE, INDENT, DEDENT, END -> false;
    };
  }

  /// @param withIf whether `if` belongs to it; in comprehensions it does not
  private PyNode expression(boolean withIf, boolean withAs) throws FormatException {
    tokens.enter();
    int line = tokens.line();
    List<String> operators = new ArrayList<>(0);
    List<PyNode> operands = new ArrayList<>(1);
    operands.add(signed(operators));
    for (String operator = operator(withIf, withAs);
        operator != null;
        operator = operator(withIf, withAs)) {
      operators.add(operator);
      operands.add(signed(operators));
    }
    tokens.leave();
    return operators.isEmpty()
        ? operands.getFirst()
        : new PyNode.Operation(line, operators, operands);
  }

  private @Nullable String operator(boolean withIf, boolean withAs) {
    PyToken token = tokens.peek();
    if (token.kind() == Kind.OPERATOR && OPERATORS.contains(token.text())) {
      return tokens.next().text();
    }
    if (token.kind() != Kind.NAME) {
      return null;
    }
    String word = token.text();
    boolean isOperator =
        switch (word) {
          case "and", "or", "in", "is" -> true;
          case "not" -> tokens.peek(1).is(Kind.NAME, "in");
          case "if", "else" -> withIf;
          case "as" -> withAs;
          default -> false;
        };
    if (!isOperator) {
      return null;
    }
    tokens.next();
    if (word.equals("not")) {
      tokens.next();
      return "not in";
    }
    return word.equals("is") && tokens.skipName("not") ? "is not" : word;
  }

  private PyNode signed(List<String> operators) throws FormatException {
    while (true) {
      PyToken token = tokens.peek();
      boolean isSign = token.kind() == Kind.OPERATOR && SIGNS.contains(token.text());
      boolean isWord = token.is(Kind.NAME, "not") || (token.is(Kind.NAME, "await") && isAwait());
      if (!isSign && !isWord) {
        break;
      }
      operators.add("unary " + tokens.next().text());
    }
    if (tokens.atName("lambda")) {
      return lambda();
    }
    if (tokens.atName("yield")) {
      return yielded();
    }
    return postfix();
  }

  private boolean isAwait() {
    PyToken next = tokens.peek(1);
    return switch (next.kind()) {
      case NAME, NUMBER, STRING, BYTES, FORMAT -> true;
      case OPERATOR -> Set.of("(", "[", "{").contains(next.text());
      case NEWLINE, INDENT, DEDENT, END -> false;
    };
  }

  private PyNode lambda() throws FormatException {
    int line = tokens.next().line();
    List<PyNode> defaults = new ArrayList<>();
    while (!tokens.skipOperator(":")) {
      if (tokens.skipOperator("=")) {
        defaults.add(expression());
      } else if (!tokens.skipOperator(",")
          && !tokens.skipOperator("*")
          && !tokens.skipOperator("**")
          && !tokens.skipOperator("/")) {
        tokens.take(Kind.NAME);
      }
    }
    return new PyNode.Lambda(line, defaults, expression());
  }

  private PyNode yielded() throws FormatException {
    int line = tokens.next().line();
    tokens.skipName("from");
    List<PyNode> values = begins() ? List.of(list()) : List.of();
    return new PyNode.Collection(line, "(", values);
  }

  private PyNode postfix() throws FormatException {
    PyNode value = atom();
    for (int links = 0; ; links++) {
      if (links > LONGEST_CHAIN) {
        throw tokens.tooDeep();
      }
      int line = tokens.line();
      if (tokens.skipOperator(".")) {
        value = new PyNode.Attribute(line, value, tokens.take(Kind.NAME).text());
      } else if (tokens.skipOperator("(")) {
        value = new PyNode.Call(line, value, arguments());
      } else if (tokens.skipOperator("[")) {
        value = new PyNode.Subscript(line, value, index());
      } else {
        return value;
      }
    }
  }

  /// What stands behind the bracket of a call, with the one that ends it.
  List<Argument> arguments() throws FormatException {
    List<Argument> arguments = new ArrayList<>();
    tokens.enter();
    while (!tokens.skipOperator(")")) {
      if (!arguments.isEmpty()) {
        tokens.takeOperator(",");
        if (tokens.skipOperator(")")) {
          break;
        }
      }
      arguments.add(argument());
    }
    tokens.leave();
    return arguments;
  }

  private Argument argument() throws FormatException {
    if (tokens.skipOperator("*")) {
      return new Argument("*", expression());
    }
    if (tokens.skipOperator("**")) {
      return new Argument("**", expression());
    }
    if (tokens.at(Kind.NAME) && tokens.peek(1).is(Kind.OPERATOR, "=")) {
      String keyword = tokens.next().text();
      tokens.next();
      return new Argument(keyword, expression(true, true));
    }
    PyNode value = expression(true, true); // `as` in the patterns of `match`
    return new Argument("", comprehension(value));
  }

  private PyNode index() throws FormatException {
    int line = tokens.line();
    List<PyNode> items = new ArrayList<>();
    boolean isSlice = false;
    tokens.enter();
    while (!tokens.skipOperator("]")) {
      if (tokens.skipOperator(":")) {
        isSlice = true;
      } else if (!tokens.skipOperator(",")) {
        items.add(expression());
      }
    }
    tokens.leave();
    return items.size() == 1 && !isSlice
        ? items.getFirst()
        : new PyNode.Collection(line, isSlice ? ":" : "(", items);
  }

  private PyNode atom() throws FormatException {
    PyToken token = tokens.next();
    if (token.kind() == Kind.NAME && RESERVED.contains(token.text())) {
      throw tokens.unexpected(token);
    }
    return switch (token.kind()) {
      case NAME -> new PyNode.Name(token.line(), token.text());
      case NUMBER -> new PyNode.Numeral(token.line(), token.text());
      case STRING, BYTES, FORMAT -> string(token);
      case OPERATOR -> bracket(token);
      case NEWLINE, INDENT, DEDENT, END -> throw tokens.unexpected(token);
    };
  }

  /// Strings side by side are one.
  private PyNode string(PyToken first) throws FormatException {
    StringBuilder text = new StringBuilder();
    List<PyNode> parts = new ArrayList<>(0);
    PyToken token = first;
    while (true) {
      text.append(token.text());
      if (token.kind() == Kind.FORMAT) {
        for (String expression : PyFormats.expressions(token.text())) {
          PyTokens inner = tokens.inside(expression, token.line());
          parts.add(new PyExpressions(inner).list());
        }
      }
      PyToken next = tokens.peek();
      boolean isMore =
          next.kind() == Kind.STRING || next.kind() == Kind.BYTES || next.kind() == Kind.FORMAT;
      if (!isMore) {
        break;
      }
      token = tokens.next();
    }
    PyNode.Text whole = new PyNode.Text(first.line(), text.toString());
    if (parts.isEmpty()) {
      return whole;
    }
    parts.addFirst(whole);
    return new PyNode.Collection(first.line(), "f", parts);
  }

  private PyNode bracket(PyToken open) throws FormatException {
    return switch (open.text()) {
      case "(" -> parenthesis(open);
      case "[" -> new PyNode.Collection(open.line(), "[", items("]"));
      case "{" -> new PyNode.Collection(open.line(), "{", items("}"));
      case "..." -> new PyNode.Name(open.line(), "Ellipsis");
      default -> throw tokens.unexpected(open);
    };
  }

  private PyNode parenthesis(PyToken open) throws FormatException {
    List<PyNode> items = items(")");
    boolean isTuple = items.size() != 1 || lastWasComma;
    return isTuple ? new PyNode.Collection(open.line(), "(", items) : items.getFirst();
  }

  private boolean lastWasComma;

  private List<PyNode> items(String close) throws FormatException {
    List<PyNode> items = new ArrayList<>();
    tokens.enter();
    boolean comma = true;
    while (!tokens.skipOperator(close)) {
      if (!comma) {
        throw tokens.unexpected(tokens.next());
      }
      PyNode item = expression(true, true);
      if (close.equals("}") && tokens.skipOperator(":")) {
        PyNode value = expression(true, true);
        item = new PyNode.Collection(item.line(), ":", List.of(item, value));
      }
      items.add(comprehension(item));
      comma = tokens.skipOperator(",");
    }
    tokens.leave();
    lastWasComma = comma && !items.isEmpty();
    return items;
  }

  /// The expression itself, or the comprehension that it begins.
  private PyNode comprehension(PyNode value) throws FormatException {
    boolean isAsync = tokens.atName("async") && tokens.peek(1).is(Kind.NAME, "for");
    if (!isAsync && !tokens.atName("for")) {
      return value;
    }
    List<PyNode> parts = new ArrayList<>(List.of(value));
    while (true) {
      if (tokens.atName("async") && tokens.peek(1).is(Kind.NAME, "for")) {
        tokens.next();
      }
      if (tokens.skipName("for")) {
        parts.add(targets());
        tokens.takeName("in");
        parts.add(expression(false, false));
      } else if (tokens.skipName("if")) {
        parts.add(expression(false, false));
      } else {
        return new PyNode.Collection(value.line(), "for", parts);
      }
    }
  }
}
