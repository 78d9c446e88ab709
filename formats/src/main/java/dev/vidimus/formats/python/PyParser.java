package dev.vidimus.formats.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.python.PyToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The statements of Python 3; expressions are [PyExpressions]'.
final class PyParser {
  private static final Set<String> AUGMENTED =
      Set.of("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=");

  private static final Set<String> OPERATOR_WORDS =
      Set.of("in", "is", "and", "or", "if", "not", "else");

  private final PyTokens tokens;
  private final PyExpressions expressions;

  PyParser(PyTokens tokens) {
    this.tokens = tokens;
    this.expressions = new PyExpressions(tokens);
  }

  List<PyNode> program() throws FormatException {
    List<PyNode> into = new ArrayList<>();
    while (!tokens.at(Kind.END)) {
      statement(into);
    }
    return into;
  }

  private void statement(List<PyNode> into) throws FormatException {
    if (tokens.at(Kind.NEWLINE)) {
      tokens.next();
      return;
    }
    PyToken token = tokens.peek();
    if (token.is(Kind.OPERATOR, "@")) {
      into.add(decorated());
      return;
    }
    if (token.kind() == Kind.NAME) {
      switch (token.text()) {
        case "if", "while" -> {
          into.add(withHead(false));
          return;
        }
        case "with" -> {
          into.add(withHead(true));
          return;
        }
        case "for" -> {
          into.add(loop());
          return;
        }
        case "try", "else", "finally" -> {
          into.add(plain());
          return;
        }
        case "elif" -> {
          into.add(withHead(false));
          return;
        }
        case "except" -> {
          into.add(except());
          return;
        }
        case "def" -> {
          into.add(function(List.of()));
          return;
        }
        case "class" -> {
          into.add(type(List.of()));
          return;
        }
        case "async" -> {
          if (tokens.peek(1).kind() == Kind.NAME) {
            tokens.next();
            statement(into);
            return;
          }
        }
        case "match", "case" -> {
          if (isMatch()) {
            into.add(withHead(true));
            return;
          }
        }
        default -> {}
      }
    }
    simple(into);
  }

  /// `match` and `case` are names, unless the line ends in a colon and more belongs to it.
  private boolean isMatch() {
    int ahead = 1;
    int brackets = 0;
    if (tokens.peek(1).is(Kind.OPERATOR, "=") || tokens.peek(1).is(Kind.OPERATOR, ":")) {
      return false;
    }
    while (true) {
      PyToken token = tokens.peek(ahead);
      if (token.kind() == Kind.NEWLINE || token.kind() == Kind.END) {
        return tokens.peek(ahead - 1).is(Kind.OPERATOR, ":");
      }
      if (token.kind() == Kind.OPERATOR) {
        brackets += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
        if (brackets == 0 && token.text().equals(":")) {
          return true;
        }
      }
      ahead++;
    }
  }

  private PyNode withHead(boolean withAs) throws FormatException {
    PyToken word = tokens.next();
    List<PyNode> head = List.of(expressions.list(withAs));
    return new PyNode.Statement(word.line(), word.text(), head, body());
  }

  private PyNode plain() throws FormatException {
    PyToken word = tokens.next();
    return new PyNode.Statement(word.line(), word.text(), List.of(), body());
  }

  private PyNode loop() throws FormatException {
    PyToken word = tokens.next();
    PyNode target = expressions.targets();
    tokens.takeName("in");
    List<PyNode> head = List.of(target, expressions.list());
    return new PyNode.Statement(word.line(), word.text(), head, body());
  }

  private PyNode except() throws FormatException {
    PyToken word = tokens.next();
    tokens.skipOperator("*");
    List<PyNode> head = tokens.atOperator(":") ? List.of() : List.of(expressions.list(true));
    return new PyNode.Statement(word.line(), word.text(), head, body());
  }

  private PyNode decorated() throws FormatException {
    List<PyNode> decorators = new ArrayList<>();
    while (tokens.skipOperator("@")) {
      decorators.add(expressions.expression());
      tokens.take(Kind.NEWLINE);
    }
    tokens.skipName("async");
    return tokens.atName("class") ? type(decorators) : function(decorators);
  }

  private PyNode function(List<PyNode> decorators) throws FormatException {
    int line = tokens.line();
    tokens.takeName("def");
    String name = tokens.take(Kind.NAME).text();
    List<PyNode> head = new ArrayList<>(decorators);
    typeParameters(head);
    tokens.takeOperator("(");
    while (!tokens.skipOperator(")")) {
      boolean isMark =
          tokens.skipOperator(",")
              || tokens.skipOperator("/")
              || tokens.skipOperator("*")
              || tokens.skipOperator("**");
      if (isMark) {
        continue;
      }
      tokens.take(Kind.NAME);
      if (tokens.skipOperator(":")) {
        head.add(expressions.expression());
      }
      if (tokens.skipOperator("=")) {
        head.add(expressions.expression());
      }
    }
    if (tokens.skipOperator("->")) {
      head.add(expressions.list());
    }
    return new PyNode.Definition(line, false, name, head, body());
  }

  private PyNode type(List<PyNode> decorators) throws FormatException {
    int line = tokens.line();
    tokens.takeName("class");
    String name = tokens.take(Kind.NAME).text();
    List<PyNode> head = new ArrayList<>(decorators);
    typeParameters(head);
    if (tokens.skipOperator("(")) {
      expressions.arguments().forEach(argument -> head.add(argument.value()));
    }
    return new PyNode.Definition(line, true, name, head, body());
  }

  private void typeParameters(List<PyNode> head) throws FormatException {
    if (tokens.skipOperator("[")) {
      while (!tokens.skipOperator("]")) {
        if (!tokens.skipOperator(",") && !tokens.skipOperator(":") && !tokens.skipOperator("=")) {
          head.add(expressions.expression());
        }
      }
    }
  }

  private List<PyNode> body() throws FormatException {
    List<PyNode> into = new ArrayList<>();
    tokens.takeOperator(":");
    if (!tokens.at(Kind.NEWLINE)) {
      simple(into);
      return into;
    }
    tokens.next();
    tokens.take(Kind.INDENT);
    tokens.enter();
    while (!tokens.at(Kind.DEDENT)) {
      if (tokens.at(Kind.END)) {
        break;
      }
      statement(into);
    }
    tokens.next();
    tokens.leave();
    return into;
  }

  /// The statements of one line.
  private void simple(List<PyNode> into) throws FormatException {
    do {
      if (tokens.at(Kind.NEWLINE) || tokens.at(Kind.END)) {
        break;
      }
      small(into);
    } while (tokens.skipOperator(";"));
    if (!tokens.at(Kind.END)) {
      tokens.take(Kind.NEWLINE);
    }
  }

  private void small(List<PyNode> into) throws FormatException {
    PyToken token = tokens.peek();
    if (token.kind() == Kind.NAME) {
      switch (token.text()) {
        case "import" -> {
          imports(into);
          return;
        }
        case "from" -> {
          fromImport(into);
          return;
        }
        case "pass", "break", "continue" -> {
          tokens.next();
          return;
        }
        case "global", "nonlocal", "return", "raise", "assert", "del" -> {
          into.add(keyword());
          return;
        }
        case "type" -> {
          PyToken next = tokens.peek(1);
          boolean isAlias = next.kind() == Kind.NAME && !OPERATOR_WORDS.contains(next.text());
          if (isAlias) {
            tokens.next();
          }
        }
        default -> {}
      }
    }
    assignment(into);
  }

  private PyNode keyword() throws FormatException {
    PyToken word = tokens.next();
    List<PyNode> head = new ArrayList<>(1);
    if (!tokens.at(Kind.NEWLINE) && !tokens.at(Kind.END) && !tokens.atOperator(";")) {
      head.add(expressions.list());
      if (tokens.skipName("from")) {
        head.add(expressions.expression());
      }
    }
    return new PyNode.Statement(word.line(), word.text(), head, List.of());
  }

  private void assignment(List<PyNode> into) throws FormatException {
    int line = tokens.line();
    List<PyNode> parts = new ArrayList<>(List.of(expressions.list()));
    PyToken token = tokens.peek();
    if (token.kind() == Kind.OPERATOR && AUGMENTED.contains(token.text())) {
      tokens.next();
      into.add(new PyNode.Assign(line, List.copyOf(parts), expressions.list()));
      return;
    }
    if (tokens.skipOperator(":")) {
      PyNode annotation = expressions.expression();
      into.add(new PyNode.Statement(line, "", List.of(annotation), List.of()));
    }
    while (tokens.skipOperator("=")) {
      parts.add(expressions.list());
    }
    if (parts.size() == 1) {
      into.add(new PyNode.Statement(line, "", parts, List.of()));
    } else {
      int last = parts.size() - 1;
      into.add(new PyNode.Assign(line, List.copyOf(parts.subList(0, last)), parts.get(last)));
    }
  }

  private void imports(List<PyNode> into) throws FormatException {
    int line = tokens.next().line();
    do {
      String module = dotted();
      String alias = tokens.skipName("as") ? tokens.take(Kind.NAME).text() : "";
      into.add(new PyNode.Import(line, module, "", alias));
    } while (tokens.skipOperator(","));
  }

  private void fromImport(List<PyNode> into) throws FormatException {
    int line = tokens.next().line();
    StringBuilder module = new StringBuilder();
    while (tokens.atOperator(".") || tokens.atOperator("...")) {
      module.append(tokens.next().text());
    }
    if (!tokens.atName("import")) {
      module.append(dotted());
    }
    tokens.takeName("import");
    if (tokens.skipOperator("*")) {
      into.add(new PyNode.Import(line, module.toString(), "*", "*"));
      return;
    }
    boolean hasBracket = tokens.skipOperator("(");
    do {
      if (hasBracket && tokens.atOperator(")")) {
        break;
      }
      String name = tokens.take(Kind.NAME).text();
      String alias = tokens.skipName("as") ? tokens.take(Kind.NAME).text() : name;
      into.add(new PyNode.Import(line, module.toString(), name, alias));
    } while (tokens.skipOperator(","));
    if (hasBracket) {
      tokens.takeOperator(")");
    }
  }

  private String dotted() throws FormatException {
    StringBuilder name = new StringBuilder(tokens.take(Kind.NAME).text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.take(Kind.NAME).text());
    }
    return name.toString();
  }
}
