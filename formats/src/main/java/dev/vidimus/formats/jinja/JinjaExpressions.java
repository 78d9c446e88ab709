package dev.vidimus.formats.jinja;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.jinja.JinjaNode.Argument;
import dev.vidimus.formats.jinja.JinjaToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The expressions of Jinja, by its own order of precedence. Operators of one precedence make one
/// [JinjaNode.Operation], so that a long sum is wide and not deep.
final class JinjaExpressions {
  /// Points, brackets, calls and filters behind one operand.
  private static final int LONGEST_CHAIN = 64;

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> SUMS = Set.of("+", "-");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

  private final JinjaTokens tokens;

  JinjaExpressions(JinjaTokens tokens) {
    this.tokens = tokens;
  }

  /// Reads one level of precedence.
  private interface Level {
    JinjaNode read() throws FormatException;
  }

  /// An expression, or several with commas between them.
  JinjaNode tuple() throws FormatException {
    return tuple(this::expression);
  }

  JinjaNode tupleWithoutCondition() throws FormatException {
    return tuple(this::or);
  }

  private JinjaNode tuple(Level level) throws FormatException {
    JinjaNode first = level.read();
    if (!tokens.atOperator(",")) {
      return first;
    }
    List<JinjaNode> items = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && !endsTuple()) {
      items.add(level.read());
    }
    return new JinjaNode.Collection(first.at(), false, items);
  }

  private boolean endsTuple() {
    return tokens.at(Kind.PRINT_END)
        || tokens.at(Kind.BLOCK_END)
        || tokens.at(Kind.END)
        || tokens.atOperator(")")
        || tokens.atName("if");
  }

  /// What is assigned to: names, attributes of namespaces, in brackets or not.
  JinjaNode target() throws FormatException {
    return tuple(this::postfix);
  }

  JinjaNode expression() throws FormatException {
    tokens.enter();
    JinjaNode value = or();
    if (tokens.atName("if")) {
      List<String> operators = new ArrayList<>();
      List<JinjaNode> operands = new ArrayList<>(List.of(value));
      while (tokens.skipName("if")) {
        operators.add("if");
        operands.add(or());
        if (tokens.skipName("else")) {
          operators.add("else");
          operands.add(or());
        }
      }
      value = new JinjaNode.Operation(value.at(), operators, operands);
    }
    tokens.leave();
    return value;
  }

  private JinjaNode or() throws FormatException {
    return words("or", this::and);
  }

  private JinjaNode and() throws FormatException {
    return words("and", this::not);
  }

  private JinjaNode words(String word, Level level) throws FormatException {
    JinjaNode first = level.read();
    if (!tokens.atName(word)) {
      return first;
    }
    List<String> operators = new ArrayList<>();
    List<JinjaNode> operands = new ArrayList<>(List.of(first));
    while (tokens.skipName(word)) {
      operators.add(word);
      operands.add(level.read());
    }
    return new JinjaNode.Operation(first.at(), operators, operands);
  }

  private JinjaNode not() throws FormatException {
    int at = tokens.peek().at();
    List<String> operators = new ArrayList<>();
    while (tokens.skipName("not")) {
      operators.add("not");
    }
    JinjaNode value = comparison();
    return operators.isEmpty()
        ? value
        : new JinjaNode.Operation(at, operators.subList(0, 1), List.of(value));
  }

  private JinjaNode comparison() throws FormatException {
    JinjaNode first = sum();
    List<String> operators = new ArrayList<>();
    List<JinjaNode> operands = new ArrayList<>(List.of(first));
    for (String operator = comparator(); operator != null; operator = comparator()) {
      operators.add(operator);
      operands.add(sum());
    }
    return operators.isEmpty() ? first : new JinjaNode.Operation(first.at(), operators, operands);
  }

  private @Nullable String comparator() {
    JinjaToken token = tokens.peek();
    if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
      return tokens.next().text();
    }
    if (tokens.skipName("in")) {
      return "in";
    }
    if (tokens.atName("not")) {
      tokens.next();
      if (tokens.skipName("in")) {
        return "not in";
      }
      tokens.back();
    }
    return null;
  }

  private JinjaNode sum() throws FormatException {
    return operators(SUMS, this::concatenation);
  }

  private JinjaNode concatenation() throws FormatException {
    return operators(Set.of("~"), this::product);
  }

  private JinjaNode product() throws FormatException {
    return operators(PRODUCTS, this::signed);
  }

  private JinjaNode operators(Set<String> wanted, Level level) throws FormatException {
    JinjaNode first = level.read();
    List<String> operators = new ArrayList<>();
    List<JinjaNode> operands = new ArrayList<>(List.of(first));
    while (tokens.at(Kind.OPERATOR) && wanted.contains(tokens.peek().text())) {
      operators.add(tokens.next().text());
      operands.add(level.read());
    }
    return operators.isEmpty() ? first : new JinjaNode.Operation(first.at(), operators, operands);
  }

  /// Signs bind closer than powers do here, which changes no tree that matters.
  private JinjaNode signed() throws FormatException {
    int at = tokens.peek().at();
    String sign = "";
    while (tokens.atOperator("-") || tokens.atOperator("+")) {
      sign = tokens.next().text();
    }
    JinjaNode value = operators(Set.of("**"), this::postfix);
    return sign.isEmpty() ? value : new JinjaNode.Operation(at, List.of(sign), List.of(value));
  }

  private JinjaNode postfix() throws FormatException {
    JinjaNode value = primary();
    for (int links = 0; ; links++) {
      if (links > LONGEST_CHAIN) {
        throw tokens.tooDeep();
      }
      JinjaToken token = tokens.peek();
      if (tokens.skipOperator(".")) {
        value = member(token.at(), value);
      } else if (tokens.skipOperator("[")) {
        value = new JinjaNode.Subscript(token.at(), value, index());
        tokens.takeOperator("]");
      } else if (tokens.atOperator("(")) {
        value = new JinjaNode.Call(value.at(), value, arguments());
      } else if (tokens.skipOperator("|")) {
        value = filter(value);
      } else if (tokens.skipName("is")) {
        value = test(token.at(), value);
      } else {
        return value;
      }
    }
  }

  private JinjaNode member(int at, JinjaNode of) throws FormatException {
    JinjaToken name = tokens.next();
    if (name.kind() == Kind.NUMBER) {
      JinjaNode index = new JinjaNode.Numeral(name.at(), name.text());
      return new JinjaNode.Subscript(at, of, index);
    }
    if (name.kind() != Kind.NAME) {
      throw tokens.unexpected(name);
    }
    return new JinjaNode.Attribute(at, of, name.text());
  }

  private JinjaNode index() throws FormatException {
    List<JinjaNode> items = new ArrayList<>();
    int at = tokens.peek().at();
    do {
      items.add(slice());
    } while (tokens.skipOperator(","));
    return items.size() == 1 ? items.getFirst() : new JinjaNode.Collection(at, false, items);
  }

  private JinjaNode slice() throws FormatException {
    int at = tokens.peek().at();
    List<JinjaNode> bounds = new ArrayList<>(3);
    boolean isSlice = false;
    while (true) {
      if (tokens.skipOperator(":")) {
        isSlice = true;
      } else if (tokens.atOperator("]") || tokens.atOperator(",")) {
        break;
      } else {
        bounds.add(expression());
        if (!tokens.atOperator(":")) {
          break;
        }
      }
    }
    if (isSlice) {
      return new JinjaNode.Slice(at, bounds);
    }
    if (bounds.isEmpty()) {
      throw tokens.unexpected(tokens.next());
    }
    return bounds.getFirst();
  }

  private List<Argument> arguments() throws FormatException {
    List<Argument> arguments = new ArrayList<>();
    tokens.takeOperator("(");
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
    if (tokens.skipOperator("**")) {
      return new Argument("**", expression());
    }
    if (tokens.skipOperator("*")) {
      return new Argument("*", expression());
    }
    if (tokens.at(Kind.NAME)) {
      JinjaToken name = tokens.next();
      if (tokens.skipOperator("=")) {
        return new Argument(name.text(), expression());
      }
      tokens.back();
    }
    return new Argument("", expression());
  }

  /// The filters of a block: names with `|` between them.
  JinjaNode filters(@Nullable JinjaNode input) throws FormatException {
    JinjaNode value = filter(input);
    for (int links = 0; tokens.skipOperator("|"); links++) {
      if (links > LONGEST_CHAIN) {
        throw tokens.tooDeep();
      }
      value = filter(value);
    }
    return value;
  }

  private JinjaNode filter(@Nullable JinjaNode input) throws FormatException {
    JinjaToken name = tokens.take(Kind.NAME);
    String full = dotted(name.text());
    List<Argument> arguments = tokens.atOperator("(") ? arguments() : List.of();
    return new JinjaNode.Filter(name.at(), input, full, arguments);
  }

  private JinjaNode test(int at, JinjaNode input) throws FormatException {
    boolean isNegated = tokens.skipName("not");
    JinjaToken name = tokens.take(Kind.NAME);
    String full = dotted(name.text());
    List<Argument> arguments = List.of();
    if (tokens.atOperator("(")) {
      arguments = arguments();
    } else if (beginsTestArgument()) {
      arguments = List.of(new Argument("", testArgument()));
    }
    JinjaNode test = new JinjaNode.Test(name.at(), input, full, arguments);
    return isNegated ? new JinjaNode.Operation(at, List.of("not"), List.of(test)) : test;
  }

  private boolean beginsTestArgument() {
    JinjaToken token = tokens.peek();
    return switch (token.kind()) {
      case STRING, NUMBER -> true;
      case NAME -> !Set.of("else", "or", "and", "is", "if", "in", "not").contains(token.text());
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      case DATA, PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
    };
  }

  /// An operand with points, brackets and calls but without filters, which bind to the test.
  private JinjaNode testArgument() throws FormatException {
    JinjaNode value = primary();
    for (int links = 0; links < LONGEST_CHAIN; links++) {
      int at = tokens.peek().at();
      if (tokens.skipOperator(".")) {
        value = member(at, value);
      } else if (tokens.skipOperator("[")) {
        value = new JinjaNode.Subscript(at, value, index());
        tokens.takeOperator("]");
      } else if (tokens.atOperator("(")) {
        value = new JinjaNode.Call(value.at(), value, arguments());
      } else {
        return value;
      }
    }
    throw tokens.tooDeep();
  }

  private String dotted(String first) throws FormatException {
    StringBuilder full = new StringBuilder(first);
    while (tokens.skipOperator(".")) {
      full.append('.').append(tokens.take(Kind.NAME).text());
    }
    return full.toString();
  }

  private JinjaNode primary() throws FormatException {
    JinjaToken token = tokens.next();
    return switch (token.kind()) {
      case NAME -> new JinjaNode.Name(token.at(), token.text());
      case NUMBER -> new JinjaNode.Numeral(token.at(), token.text());
      case STRING -> string(token);
      case OPERATOR -> bracket(token);
      case DATA, PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, END ->
          throw tokens.unexpected(token);
    };
  }

  /// Strings side by side are one, as in Python.
  private JinjaNode string(JinjaToken first) {
    if (!tokens.at(Kind.STRING)) {
      return new JinjaNode.Literal(first.at(), first.text());
    }
    StringBuilder text = new StringBuilder(first.text());
    while (tokens.at(Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return new JinjaNode.Literal(first.at(), text.toString());
  }

  private JinjaNode bracket(JinjaToken open) throws FormatException {
    return switch (open.text()) {
      case "(" -> parenthesis(open);
      case "[" -> new JinjaNode.Collection(open.at(), false, items("]"));
      case "{" -> new JinjaNode.Collection(open.at(), true, items("}"));
      default -> throw tokens.unexpected(open);
    };
  }

  private JinjaNode parenthesis(JinjaToken open) throws FormatException {
    if (tokens.skipOperator(")")) {
      return new JinjaNode.Collection(open.at(), false, List.of());
    }
    JinjaNode inner = tuple();
    tokens.takeOperator(")");
    return inner;
  }

  private List<JinjaNode> items(String close) throws FormatException {
    List<JinjaNode> items = new ArrayList<>();
    tokens.enter();
    while (!tokens.skipOperator(close)) {
      if (!items.isEmpty()) {
        tokens.takeOperator(",");
        if (tokens.skipOperator(close)) {
          break;
        }
      }
      items.add(expression());
      if (close.equals("}")) {
        tokens.takeOperator(":");
        items.add(expression());
      }
    }
    tokens.leave();
    return items;
  }
}
