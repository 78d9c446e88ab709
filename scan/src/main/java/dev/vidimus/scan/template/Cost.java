package dev.vidimus.scan.template;

import dev.vidimus.formats.jinja.JinjaNode;
import dev.vidimus.formats.jinja.JinjaNode.Argument;
import dev.vidimus.scan.template.TemplateJudge.Reporter;
import java.util.List;
import java.util.Set;

/// What rendering would cost at least: loops over constant ranges, repeated and padded text,
/// powers, and text that a loop doubles.
final class Cost {
  /// Rounds of nested loops; a table of every pair of 500 things is below it.
  private static final long MOST_ROUNDS = 500_000;

  private static final long LONGEST_TEXT = 1_000_000;
  private static final Set<String> PADDING =
      Set.of("center", "ljust", "rjust", "zfill", "indent", "wordwrap");

  private final Reporter reporter;
  private final Folding folding;

  Cost(Bindings bindings, Reporter reporter) {
    this.reporter = reporter;
    this.folding = new Folding(bindings);
  }

  void examine(List<JinjaNode> nodes) {
    nodes.forEach(node -> examine(node, 1, false));
  }

  private void examine(JinjaNode node, long rounds, boolean isInLoop) {
    long inside = rounds;
    boolean isInside = isInLoop;
    if (node instanceof JinjaNode.Loop loop) {
      isInside = true;
      inside = times(rounds, length(loop.over()));
      if (inside > MOST_ROUNDS && rounds <= MOST_ROUNDS) {
        bomb(node.at(), "loops " + (inside == Long.MAX_VALUE ? "without end" : inside + " times"));
      }
    } else if (node instanceof JinjaNode.Operation operation) {
      operation(operation);
    } else if (node instanceof JinjaNode.Filter filter && PADDING.contains(filter.name())) {
      padding(filter.at(), filter.arguments());
    } else if (node instanceof JinjaNode.Call call
        && call.callee() instanceof JinjaNode.Attribute(int _, JinjaNode _, String name)
        && PADDING.contains(name)) {
      padding(call.at(), call.arguments());
    } else if (isInLoop && node instanceof JinjaNode.Assign assign && doubles(assign)) {
      bomb(node.at(), "doubles a text in a loop");
    }
    for (JinjaNode child : node.children()) {
      examine(child, inside, isInside);
    }
  }

  /// At least 1, so that loops over data count as one round.
  private long length(JinjaNode over) {
    if (over instanceof JinjaNode.Filter filter && filter.input() != null) {
      return length(filter.input());
    }
    if (!(over instanceof JinjaNode.Call call)
        || !(call.callee() instanceof JinjaNode.Name(int _, String name))
        || !name.equals("range")) {
      return 1;
    }
    List<Argument> arguments = call.arguments();
    long from = arguments.size() > 1 ? number(arguments.get(0)) : 0;
    long to = arguments.isEmpty() ? -1 : number(arguments.get(Math.min(1, arguments.size() - 1)));
    long step = arguments.size() > 2 ? number(arguments.get(2)) : 1;
    return from < 0 || to <= from || step < 1 ? 1 : Math.max(1, (to - from) / step);
  }

  private long number(Argument argument) {
    return largest(argument.value());
  }

  private long largest(JinjaNode node) {
    if (node instanceof JinjaNode.Operation operation && operation.operands().size() > 1) {
      String operator = operation.operators().getFirst();
      long first = largest(operation.operands().get(0));
      long second = largest(operation.operands().get(1));
      if (first >= 0 && second >= 0 && operator.equals("*")) {
        return times(first, second);
      }
      if (operator.equals("**")) {
        return power(operation.operands());
      }
      return -1;
    }
    long most = -1;
    for (String text : folding.strings(node)) {
      most = Math.max(most, Numbers.whole(text));
    }
    return most;
  }

  /// From the right, as Python does.
  private long power(List<JinjaNode> operands) {
    double power = 1;
    for (JinjaNode operand : operands.reversed()) {
      long base = largest(operand);
      if (base < 0) {
        return -1;
      }
      power = Math.pow((double) base, power);
    }
    return power >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) power;
  }

  private static long times(long a, long b) {
    return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
  }

  private void operation(JinjaNode.Operation operation) {
    if (operation.operands().size() < 2) {
      return;
    }
    JinjaNode first = operation.operands().get(0);
    JinjaNode second = operation.operands().get(1);
    if (operation.operators().getFirst().equals("*")) {
      boolean isText = isText(first) || isText(second);
      if (isText && Math.max(largest(first), largest(second)) > LONGEST_TEXT) {
        bomb(operation.at(), "repeats a text over " + LONGEST_TEXT + " times");
      }
    } else if (operation.operators().getFirst().equals("**") && largest(operation) > 1L << 60) {
      bomb(operation.at(), "computes a power of over 60 bits");
    }
  }

  private static boolean isText(JinjaNode node) {
    return node instanceof JinjaNode.Literal || node instanceof JinjaNode.Collection;
  }

  private void padding(int at, List<Argument> arguments) {
    for (Argument argument : arguments) {
      if (largest(argument.value()) > LONGEST_TEXT) {
        bomb(at, "pads a text to over " + LONGEST_TEXT + " characters");
        return;
      }
    }
  }

  private static boolean doubles(JinjaNode.Assign assign) {
    if (!(assign.value() instanceof JinjaNode.Operation operation)
        || !Set.of("+", "~").contains(operation.operators().getFirst())) {
      return false;
    }
    String target = path(assign.target());
    return !target.isEmpty()
        && operation.operands().stream().filter(one -> path(one).equals(target)).count() > 1;
  }

  private static String path(JinjaNode node) {
    return switch (node) {
      case JinjaNode.Name(int _, String name) -> name;
      case JinjaNode.Attribute(int _, JinjaNode.Name(int _, String of), String name) ->
          of + "." + name;
      default -> "";
    };
  }

  private void bomb(int at, String what) {
    reporter.report(TemplateRule.BOMB, at, what);
  }
}
