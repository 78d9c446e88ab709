package dev.vidimus.scan.template;

import dev.vidimus.formats.jinja.JinjaNode;
import dev.vidimus.formats.jinja.JinjaNode.Argument;
import dev.vidimus.scan.template.TemplateJudge.Reporter;
import java.util.List;
import java.util.Set;

/// Finds templates that add sentences when a message has certain words or a certain day has come.
/// Markup that models write themselves (`</think>`, `[TOOL_CALLS]`, `/no_think`) is no such word.
final class Triggers {
  /// Words that make a sentence rather than a label such as `Picture 1:`.
  private static final int SENTENCE = 4;

  private static final Set<String> TEXT_METHODS =
      Set.of("startswith", "endswith", "find", "rfind", "index", "count");
  private static final Set<String> SHAPING =
      Set.of(
          "lower",
          "upper",
          "trim",
          "strip",
          "lstrip",
          "rstrip",
          "string",
          "title",
          "replace",
          "casefold",
          "split");

  /// Steps of following variables, which may refer to one another in circles.
  private static final int MOST_STEPS = 200_000;

  private final Bindings bindings;
  private final Reporter reporter;
  private int steps;

  Triggers(Bindings bindings, Reporter reporter) {
    this.bindings = bindings;
    this.reporter = reporter;
  }

  void examine(List<JinjaNode> nodes) {
    for (JinjaNode node : nodes) {
      if (node instanceof JinjaNode.Condition condition) {
        for (JinjaNode.Branch branch : condition.branches()) {
          if (branch.test() != null) {
            branch(branch.test(), branch.body(), condition.at());
          }
        }
      } else if (node instanceof JinjaNode.Operation operation
          && operation.operators().getFirst().equals("if")) {
        branch(operation.operands().get(1), operation.operands().subList(0, 1), node.at());
      }
      examine(node.children());
    }
  }

  private void branch(JinjaNode test, List<JinjaNode> body, int at) {
    String trigger = trigger(test);
    if (!trigger.isEmpty() && Prose.words(Prose.of(body)) >= SENTENCE) {
      reporter.report(TemplateRule.TRIGGER, at, "adds text when it meets " + trigger);
    }
  }

  /// What the test asks of a message or the day, or empty.
  private String trigger(JinjaNode test) {
    if (test instanceof JinjaNode.Operation operation && operation.operands().size() > 1) {
      String operator = operation.operators().getFirst();
      if (Set.of("in", "not in", "==", "<", "<=", ">", ">=", "!=").contains(operator)) {
        String found = compared(operation);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    if (test instanceof JinjaNode.Call call
        && call.callee() instanceof JinjaNode.Attribute(int _, JinjaNode of, String name)
        && TEXT_METHODS.contains(name)
        && isMessageText(of, 0)
        && !call.arguments().isEmpty()) {
      return phrase(call.arguments().getFirst().value());
    }
    for (JinjaNode child : test.children()) {
      String found = trigger(child);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  private String compared(JinjaNode.Operation operation) {
    JinjaNode left = operation.operands().get(0);
    JinjaNode right = operation.operands().get(1);
    if (isToday(left) || isToday(right)) {
      return "a date";
    }
    if (isMessageText(right, 0)) {
      return phrase(left);
    }
    return isMessageText(left, 0) && !operation.operators().getFirst().equals("!=")
        ? phrase(right)
        : "";
  }

  private boolean isToday(JinjaNode node) {
    if (node instanceof JinjaNode.Name(int _, String name)) {
      return bindings.values(name).stream().anyMatch(value -> isTodayCall(value));
    }
    return isTodayCall(node)
        || (node instanceof JinjaNode.Filter filter
            && filter.input() != null
            && isTodayCall(filter.input()));
  }

  private static boolean isTodayCall(JinjaNode node) {
    return node instanceof JinjaNode.Call call
        && call.callee() instanceof JinjaNode.Name(int _, String name)
        && name.equals("strftime_now");
  }

  private static String phrase(JinjaNode node) {
    if (!(node instanceof JinjaNode.Literal(int _, String text)) || text.isBlank()) {
      return "";
    }
    char first = text.strip().charAt(0);
    boolean isWord = Character.isLetterOrDigit(first) || "#@$!*".indexOf(first) >= 0;
    return isWord ? Reach.shown(text.strip()) : "";
  }

  /// The content of a message, shaped or not. What a loop over a content yields is a part of it,
  /// whose keys are asked for by the same words.
  private boolean isMessageText(JinjaNode node, int depth) {
    if (depth > 8 || ++steps > MOST_STEPS) {
      return false;
    }
    return switch (node) {
      case JinjaNode.Attribute(int _, JinjaNode of, String name) -> isText(name) && !isPart(of);
      case JinjaNode.Subscript(int _, JinjaNode of, JinjaNode.Literal(int _, String name)) ->
          isText(name) && !isPart(of);
      case JinjaNode.Subscript(int _, JinjaNode of, JinjaNode _) -> isMessageText(of, depth + 1);
      case JinjaNode.Filter filter ->
          filter.input() != null
              && SHAPING.contains(filter.name())
              && isMessageText(filter.input(), depth + 1);
      case JinjaNode.Call call -> isShaped(call, depth);
      case JinjaNode.Name(int _, String name) ->
          !bindings.isItem(name)
              && bindings.values(name).stream().anyMatch(value -> isMessageText(value, depth + 1));
      case JinjaNode.Operation operation ->
          operation.operands().stream().anyMatch(one -> isMessageText(one, depth + 1));
      default -> false;
    };
  }

  private boolean isShaped(JinjaNode.Call call, int depth) {
    if (!(call.callee() instanceof JinjaNode.Attribute(int _, JinjaNode of, String name))) {
      return false;
    }
    if (name.equals("get") && !call.arguments().isEmpty()) {
      Argument key = call.arguments().getFirst();
      return key.value() instanceof JinjaNode.Literal(int _, String text) && isText(text);
    }
    return SHAPING.contains(name) && isMessageText(of, depth + 1);
  }

  private static boolean isText(String name) {
    return name.equals("content");
  }

  private static boolean isPart(JinjaNode node) {
    return node instanceof JinjaNode.Name(int _, String name) && name.equals("content");
  }
}
