package dev.vidimus.formats.jinja;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.jinja.JinjaToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The statements of a template; expressions are [JinjaExpressions]'.
final class JinjaParser {
  private final JinjaTokens tokens;
  private final JinjaExpressions expressions;

  JinjaParser(String source, int length, List<JinjaToken> words) {
    this.tokens = new JinjaTokens(source, length, words);
    this.expressions = new JinjaExpressions(tokens);
  }

  /// Reads to the end.
  ///
  /// @param into receives each part as soon as it is read
  void template(List<JinjaNode> into) throws FormatException {
    body(into, Set.of());
  }

  private List<JinjaNode> body(String... ends) throws FormatException {
    List<JinjaNode> into = new ArrayList<>();
    tokens.enter();
    body(into, Set.of(ends));
    tokens.leave();
    return into;
  }

  /// Stands behind the word that ended the body, or at the end of the template.
  private void body(List<JinjaNode> into, Set<String> ends) throws FormatException {
    while (!tokens.at(Kind.END)) {
      JinjaToken token = tokens.next();
      switch (token.kind()) {
        case DATA -> into.add(new JinjaNode.Data(token.at(), token.text()));
        case PRINT_BEGIN -> {
          JinjaNode value = expressions.tuple();
          into.add(new JinjaNode.Print(token.at(), value));
          tokens.take(Kind.PRINT_END);
        }
        case BLOCK_BEGIN -> {
          JinjaToken word = tokens.take(Kind.NAME);
          if (ends.contains(word.text())) {
            tokens.back();
            return;
          }
          into.add(statement(word));
        }
        default -> throw tokens.unexpected(token);
      }
    }
    if (!ends.isEmpty()) {
      throw tokens.unexpected(tokens.next());
    }
  }

  private JinjaNode statement(JinjaToken word) throws FormatException {
    return switch (word.text()) {
      case "if" -> condition(word);
      case "for" -> loop(word);
      case "set" -> assignment(word);
      case "macro" -> macro(word);
      case "call" -> call(word);
      case "filter" -> filtered(word);
      case "with" -> with(word);
      case "block" -> block(word);
      case "autoescape" -> plain(word, List.of(expressions.expression()));
      case "generation" -> plain(word, List.of());
      case "include", "extends", "import", "from" -> reference(word);
      case "do" -> action(word, List.of(expressions.tuple()));
      case "break", "continue" -> action(word, List.of());
      default -> throw tokens.unexpected(word);
    };
  }

  private JinjaNode condition(JinjaToken word) throws FormatException {
    List<JinjaNode.Branch> branches = new ArrayList<>();
    JinjaNode test = expressions.tuple();
    while (true) {
      close();
      branches.add(new JinjaNode.Branch(test, body("elif", "else", "endif")));
      String end = tokens.take(Kind.NAME).text();
      if (end.equals("elif")) {
        test = expressions.tuple();
        continue;
      }
      if (end.equals("else")) {
        close();
        branches.add(new JinjaNode.Branch(null, body("endif")));
        tokens.take(Kind.NAME);
      }
      close();
      return new JinjaNode.Condition(word.at(), List.copyOf(branches));
    }
  }

  private JinjaNode loop(JinjaToken word) throws FormatException {
    JinjaNode target = expressions.target();
    tokens.takeName("in");
    JinjaNode over = expressions.tupleWithoutCondition();
    JinjaNode filter = tokens.skipName("if") ? expressions.expression() : null;
    tokens.skipName("recursive");
    close();
    List<JinjaNode> body = body("else", "endfor");
    List<JinjaNode> otherwise = List.of();
    if (tokens.take(Kind.NAME).text().equals("else")) {
      close();
      otherwise = body("endfor");
      tokens.take(Kind.NAME);
    }
    close();
    return new JinjaNode.Loop(word.at(), target, over, filter, body, otherwise);
  }

  private JinjaNode assignment(JinjaToken word) throws FormatException {
    JinjaNode target = expressions.target();
    if (tokens.skipOperator("=")) {
      JinjaNode value = expressions.tuple();
      close();
      return new JinjaNode.Assign(word.at(), target, value);
    }
    List<JinjaNode> head = new ArrayList<>(List.of(target));
    if (tokens.skipOperator("|")) {
      head.add(expressions.filters(null));
    }
    close();
    return finish(word, "set", "", head);
  }

  private JinjaNode macro(JinjaToken word) throws FormatException {
    String name = tokens.take(Kind.NAME).text();
    List<JinjaNode> head = parameters();
    close();
    return finish(word, "macro", name, head);
  }

  private List<JinjaNode> parameters() throws FormatException {
    List<JinjaNode> head = new ArrayList<>();
    tokens.takeOperator("(");
    while (!tokens.skipOperator(")")) {
      if (!head.isEmpty()) {
        tokens.takeOperator(",");
        if (tokens.skipOperator(")")) {
          break;
        }
      }
      JinjaToken name = tokens.take(Kind.NAME);
      JinjaNode parameter = new JinjaNode.Name(name.at(), name.text());
      head.add(
          tokens.skipOperator("=")
              ? new JinjaNode.Assign(name.at(), parameter, expressions.expression())
              : parameter);
    }
    return head;
  }

  private JinjaNode call(JinjaToken word) throws FormatException {
    List<JinjaNode> head = new ArrayList<>();
    if (tokens.atOperator("(")) {
      head.addAll(parameters());
    }
    head.add(expressions.expression());
    close();
    return finish(word, "call", "", head);
  }

  private JinjaNode filtered(JinjaToken word) throws FormatException {
    JinjaNode filters = expressions.filters(null);
    close();
    return finish(word, "filter", "", List.of(filters));
  }

  private JinjaNode with(JinjaToken word) throws FormatException {
    List<JinjaNode> head = new ArrayList<>();
    while (!tokens.at(Kind.BLOCK_END)) {
      if (!head.isEmpty()) {
        tokens.takeOperator(",");
      }
      JinjaNode target = expressions.target();
      tokens.takeOperator("=");
      head.add(new JinjaNode.Assign(target.at(), target, expressions.expression()));
    }
    close();
    return finish(word, "with", "", head);
  }

  private JinjaNode block(JinjaToken word) throws FormatException {
    String name = tokens.take(Kind.NAME).text();
    while (tokens.at(Kind.NAME)) {
      tokens.next(); // scoped, required
    }
    close();
    return finish(word, "block", name, List.of());
  }

  private JinjaNode plain(JinjaToken word, List<JinjaNode> head) throws FormatException {
    close();
    return finish(word, word.text(), "", head);
  }

  private JinjaNode finish(JinjaToken word, String keyword, String name, List<JinjaNode> head)
      throws FormatException {
    List<JinjaNode> body = body("end" + keyword);
    tokens.take(Kind.NAME);
    if (tokens.at(Kind.NAME)) {
      tokens.next(); // endblock may repeat the name
    }
    close();
    return new JinjaNode.Block(word.at(), keyword, name, List.copyOf(head), body);
  }

  /// What comes behind the template's name (`as`, `with context`) changes nothing for us.
  private JinjaNode reference(JinjaToken word) throws FormatException {
    JinjaNode what = expressions.expression();
    while (!tokens.at(Kind.BLOCK_END)) {
      if (tokens.at(Kind.END)) {
        throw tokens.unexpected(tokens.next());
      }
      tokens.next();
    }
    close();
    return new JinjaNode.Reference(word.at(), word.text(), what);
  }

  private JinjaNode action(JinjaToken word, List<JinjaNode> values) throws FormatException {
    close();
    return new JinjaNode.Action(word.at(), word.text(), values);
  }

  private void close() throws FormatException {
    tokens.take(Kind.BLOCK_END);
  }
}
