package dev.vidimus.scan.template;

import dev.vidimus.formats.jinja.JinjaNode;
import dev.vidimus.formats.jinja.JinjaNode.Argument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes the strings that an expression of constants can come to. Several, because a variable
/// may be assigned in several places; none, if the expression needs data. Bounded in steps, in the
/// number of strings and in their length.
final class Folding {
  private static final int MOST_STEPS = 20_000;
  private static final int MOST_STRINGS = 16;
  private static final int LONGEST = 1024;
  private static final int DEEPEST = 24;

  /// Filters that yield an item, or all of them.
  private static final Set<String> PICKING =
      Set.of("first", "last", "list", "unique", "select", "random", "min", "max");

  private final Bindings bindings;
  private int steps;

  Folding(Bindings bindings) {
    this.bindings = bindings;
  }

  /// Every string that the expression may be; empty if that is not known.
  Set<String> strings(JinjaNode node) {
    return fold(node, 0);
  }

  private Set<String> fold(@Nullable JinjaNode node, int depth) {
    if (node == null || depth > DEEPEST || ++steps > MOST_STEPS) {
      return Set.of();
    }
    int next = depth + 1;
    if (node instanceof JinjaNode.Literal(int _, String text)) {
      return text.length() > LONGEST ? Set.of() : Set.of(text);
    }
    if (node instanceof JinjaNode.Data(int _, String text)) {
      return text.length() > LONGEST ? Set.of() : Set.of(text.strip());
    }
    if (node instanceof JinjaNode.Numeral(int _, String text)) {
      return Set.of(text);
    }
    if (node instanceof JinjaNode.Print(int _, JinjaNode value)) {
      return fold(value, next);
    }
    if (node instanceof JinjaNode.Name(int _, String name)) {
      return union(bindings.values(name), next);
    }
    if (node instanceof JinjaNode.Attribute(int _, JinjaNode of, String name)) {
      return of instanceof JinjaNode.Name ? union(bindings.values(name), next) : Set.of();
    }
    if (node instanceof JinjaNode.Operation operation) {
      return operation(operation, next);
    }
    if (node instanceof JinjaNode.Subscript(int _, JinjaNode of, JinjaNode index)) {
      return subscript(of, index, next);
    }
    if (node instanceof JinjaNode.Filter(int _, JinjaNode input, String name, List<Argument> a)) {
      return input == null ? Set.of() : apply(name, input, a, next);
    }
    if (node instanceof JinjaNode.Call call
        && call.callee() instanceof JinjaNode.Attribute(int _, JinjaNode of, String name)) {
      return name.equals("join") && call.arguments().size() == 1
          ? apply("join", call.arguments().getFirst().value(), List.of(new Argument("", of)), next)
          : apply(name, of, call.arguments(), next);
    }
    return Set.of();
  }

  private Set<String> union(List<JinjaNode> nodes, int depth) {
    Set<String> all = new LinkedHashSet<>();
    for (JinjaNode node : nodes) {
      all.addAll(fold(node, depth));
      if (all.size() >= MOST_STRINGS) {
        break;
      }
    }
    return all;
  }

  private Set<String> operation(JinjaNode.Operation operation, int depth) {
    List<JinjaNode> operands = operation.operands();
    String first = operation.operators().getFirst();
    if (operands.size() == 1) {
      return Set.of();
    }
    return switch (first) {
      case "+", "~" -> concatenate(operands, "", depth);
      case "%" -> format(operands.get(0), positional(operands.get(1)), depth);
      case "*" -> repeat(operands, depth);
      case "if", "or", "and" -> union(operands, depth);
      default -> Set.of();
    };
  }

  private static List<Argument> positional(JinjaNode value) {
    if (value instanceof JinjaNode.Collection several && !several.isDictionary()) {
      List<Argument> arguments = new ArrayList<>();
      several.items().forEach(item -> arguments.add(new Argument("", item)));
      return arguments;
    }
    return List.of(new Argument("", value));
  }

  private Set<String> concatenate(List<JinjaNode> operands, String between, int depth) {
    Set<String> all = Set.of("");
    for (int i = 0; i < operands.size(); i++) {
      Set<String> longer = new LinkedHashSet<>();
      Set<String> pieces = fold(operands.get(i), depth);
      for (String head : all) {
        for (String piece : pieces) {
          String joined = i == 0 ? piece : head + between + piece;
          if (joined.length() <= LONGEST && longer.size() < MOST_STRINGS) {
            longer.add(joined);
          }
        }
      }
      if (longer.isEmpty()) {
        return Set.of();
      }
      all = longer;
    }
    return all;
  }

  private Set<String> repeat(List<JinjaNode> operands, int depth) {
    Set<String> all = new LinkedHashSet<>();
    for (String text : fold(operands.get(0), depth)) {
      for (String times : fold(operands.get(1), depth)) {
        long count = Numbers.whole(times);
        if (count > 0 && count * text.length() <= LONGEST) {
          all.add(text.repeat((int) count));
        }
      }
    }
    return all;
  }

  private Set<String> subscript(JinjaNode of, JinjaNode index, int depth) {
    if (of instanceof JinjaNode.Collection several) {
      return union(several.items(), depth);
    }
    Set<String> all = new LinkedHashSet<>();
    for (String text : fold(of, depth)) {
      if (index instanceof JinjaNode.Slice) {
        all.add(text);
        all.add(reversed(text));
      } else {
        for (String place : fold(index, depth)) {
          long at = Numbers.whole(place);
          if (at >= 0 && at < text.length()) {
            all.add(text.substring((int) at, (int) at + 1));
          }
        }
      }
    }
    return all;
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private Set<String> apply(String name, JinjaNode input, List<Argument> arguments, int depth) {
    if (name.equals("format")) {
      return format(input, arguments, depth);
    }
    if (name.equals("join")) {
      return join(input, arguments, depth);
    }
    if (PICKING.contains(name)) {
      return input instanceof JinjaNode.Collection several
          ? union(several.items(), depth)
          : fold(input, depth);
    }
    Set<String> all = new LinkedHashSet<>();
    for (String text : fold(input, depth)) {
      switch (name) {
        case "lower", "casefold" -> all.add(text.toLowerCase(Locale.ROOT));
        case "upper" -> all.add(text.toUpperCase(Locale.ROOT));
        case "swapcase" -> {
          all.add(text.toLowerCase(Locale.ROOT));
          all.add(text.toUpperCase(Locale.ROOT));
        }
        case "trim", "strip", "lstrip", "rstrip" -> all.add(text.strip());
        case "reverse" -> all.add(reversed(text));
        case "string", "safe", "e", "escape", "encode", "decode", "d", "default" -> all.add(text);
        case "replace" -> replace(text, arguments, depth, all);
        default -> {
          return Set.of();
        }
      }
    }
    return all;
  }

  private void replace(String text, List<Argument> arguments, int depth, Set<String> into) {
    if (arguments.size() < 2) {
      return;
    }
    for (String from : fold(arguments.get(0).value(), depth)) {
      for (String to : fold(arguments.get(1).value(), depth)) {
        String replaced = from.isEmpty() ? text : text.replace(from, to);
        if (replaced.length() <= LONGEST && into.size() < MOST_STRINGS) {
          into.add(replaced);
        }
      }
    }
  }

  private Set<String> join(JinjaNode input, List<Argument> arguments, int depth) {
    Set<String> between =
        arguments.isEmpty() ? Set.of("") : fold(arguments.getFirst().value(), depth);
    String separator = between.isEmpty() ? "" : between.iterator().next();
    JinjaNode bare = input;
    boolean isReversed = false;
    while (bare instanceof JinjaNode.Filter filter && filter.input() != null) {
      isReversed ^= filter.name().equals("reverse");
      bare = filter.input();
    }
    if (bare instanceof JinjaNode.Name(int _, String name) && bindings.values(name).size() == 1) {
      bare = bindings.values(name).getFirst();
    }
    if (bare instanceof JinjaNode.Collection several && !several.isDictionary()) {
      List<JinjaNode> items = isReversed ? several.items().reversed() : several.items();
      return concatenate(items, separator, depth);
    }
    List<String> keys = keys(bare, depth);
    if (!keys.isEmpty()) {
      return Set.of(String.join(separator, isReversed ? keys.reversed() : keys));
    }
    return fold(bare, depth);
  }

  /// The keys of a dictionary of constants, which joining it yields.
  private List<String> keys(JinjaNode node, int depth) {
    List<String> keys = new ArrayList<>();
    if (node instanceof JinjaNode.Call call
        && call.callee() instanceof JinjaNode.Name(int _, String name)
        && name.equals("dict")) {
      call.arguments().forEach(argument -> keys.add(argument.keyword()));
    } else if (node instanceof JinjaNode.Collection several && several.isDictionary()) {
      for (int i = 0; i < several.items().size(); i += 2) {
        keys.addAll(fold(several.items().get(i), depth));
      }
    }
    return keys;
  }

  /// Both ways of Python: `%c%s` and `{}{0}{:c}`. What is not understood stays as it is.
  private Set<String> format(JinjaNode template, List<Argument> arguments, int depth) {
    List<String> values = new ArrayList<>();
    for (Argument argument : arguments) {
      Set<String> some = fold(argument.value(), depth);
      values.add(some.isEmpty() ? "" : some.iterator().next());
    }
    Set<String> all = new LinkedHashSet<>();
    for (String text : fold(template, depth)) {
      String made = Formats.fill(text, values);
      if (made.length() <= LONGEST) {
        all.add(made);
      }
    }
    return all;
  }
}
