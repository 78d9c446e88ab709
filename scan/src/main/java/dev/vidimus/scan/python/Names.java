package dev.vidimus.scan.python;

import dev.vidimus.formats.python.PyNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the names of a program stand for. An assignment counts for every use of the name, wherever
/// both are.
final class Names {
  private static final int DEEPEST = 12;
  private static final int MOST_VALUES = 8;

  /// Steps of resolving names and computing texts: for one question, and for the program.
  private static final int STEPS_OF_A_QUESTION = 400;

  private static final long MOST_STEPS = 5_000_000;

  private final Map<String, String> imports = new HashMap<>();
  private final Map<String, List<PyNode>> values = new HashMap<>();
  private final Map<String, PyNode.Definition> definitions = new HashMap<>();
  private final List<String> stars = new ArrayList<>();
  private int questionSteps;
  private long steps;

  static Names of(List<PyNode> program) {
    Names names = new Names();
    Deque<PyNode> open = new ArrayDeque<>(program);
    while (!open.isEmpty()) {
      PyNode node = open.pop();
      names.collect(node);
      node.children().forEach(open::push);
    }
    return names;
  }

  /// A path and whether the program took a roundabout way to it.
  record Path(String text, boolean isHidden) {
    static final Path NONE = new Path("", false);

    Path member(String name) {
      return text.isEmpty() ? NONE : new Path(text + "." + name, isHidden);
    }
  }

  List<PyNode> values(String name) {
    return values.getOrDefault(name, List.of());
  }

  PyNode.Definition definition(String name) {
    return definitions.getOrDefault(name, NOTHING);
  }

  static final PyNode.Definition NOTHING =
      new PyNode.Definition(0, false, "", List.of(), List.of());

  private void collect(PyNode node) {
    if (node instanceof PyNode.Import(int _, String module, String name, String alias)) {
      if (name.equals("*")) {
        stars.add(module);
      } else if (name.isEmpty()) {
        String first = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
        imports.put(alias.isEmpty() ? first : alias, alias.isEmpty() ? first : module);
      } else {
        imports.put(alias, module + "." + name);
      }
    } else if (node instanceof PyNode.Assign(int _, List<PyNode> targets, PyNode value)) {
      targets.forEach(target -> bind(target, value));
    } else if (node instanceof PyNode.Operation operation) {
      for (int i = 0; i < operation.operators().size(); i++) {
        String operator = operation.operators().get(i);
        boolean isBinding = operator.equals(":=") || operator.equals("as");
        if (isBinding && operation.operands().size() == 2) {
          int target = operator.equals(":=") ? 0 : 1;
          bind(operation.operands().get(target), operation.operands().get(1 - target));
        }
      }
    } else if (node instanceof PyNode.Definition definition) {
      definitions.putIfAbsent(definition.name(), definition);
    }
  }

  private void bind(PyNode target, PyNode value) {
    if (target instanceof PyNode.Name(int _, String name)) {
      List<PyNode> known = values.computeIfAbsent(name, n -> new ArrayList<>(1));
      if (known.size() < MOST_VALUES) {
        known.add(value);
      }
    } else if (target instanceof PyNode.Collection several) {
      boolean isPaired =
          value instanceof PyNode.Collection given
              && given.items().size() == several.items().size();
      for (int i = 0; i < several.items().size(); i++) {
        bind(several.items().get(i), isPaired ? value.children().get(i) : value);
      }
    }
  }

  /// The dotted path of a function or module that an expression stands for; empty if it is none.
  Path path(PyNode node) {
    questionSteps = 0;
    return path(node, 0);
  }

  /// The text that an expression of constants comes to, or null.
  @Nullable String text(PyNode node) {
    questionSteps = 0;
    return text(node, 0);
  }

  private @Nullable String text(PyNode node, int depth) {
    return new Constants(this, depth).text(node);
  }

  /// True if names were too intricate to follow all of them.
  boolean isExhausted() {
    return steps >= MOST_STEPS;
  }

  /// Takes a step; false if there are too many. Names may refer to one another in circles.
  boolean step(int depth) {
    steps++;
    return depth <= DEEPEST && ++questionSteps <= STEPS_OF_A_QUESTION && !isExhausted();
  }

  Path path(PyNode node, int depth) {
    if (!step(depth)) {
      return Path.NONE;
    }
    return switch (node) {
      case PyNode.Name(int _, String name) -> name(name, depth);
      case PyNode.Attribute attribute -> attribute(attribute, depth);
      case PyNode.Call call -> call(call, depth);
      case PyNode.Subscript(int _, PyNode of, PyNode index) -> subscript(of, index, depth);
      case PyNode.Text _,
          PyNode.Numeral _,
          PyNode.Operation _,
          PyNode.Collection _,
          PyNode.Lambda _,
          PyNode.Import _,
          PyNode.Assign _,
          PyNode.Definition _,
          PyNode.Statement _ ->
          Path.NONE;
    };
  }

  private Path name(String name, int depth) {
    String imported = imports.get(name);
    if (imported != null) {
      return new Path(imported, false);
    }
    if (definitions.containsKey(name)) {
      return Path.NONE;
    }
    List<PyNode> given = values(name);
    if (given.isEmpty()) {
      return new Path(star(name), false);
    }
    for (PyNode value : given) {
      boolean isOther = !(value instanceof PyNode.Name(int _, String same) && same.equals(name));
      Path path = isOther ? path(value, depth + 1) : Path.NONE;
      if (Functions.runsText(path.text()) || Functions.startsProgram(path.text())) {
        return new Path(path.text(), true); // a second name for it
      }
      if (!path.text().isEmpty()) {
        return path;
      }
    }
    return Path.NONE;
  }

  private String star(String name) {
    for (String module : stars) {
      String path = module + "." + name;
      if (Functions.startsProgram(path) || Functions.usesNetwork(path)) {
        return path;
      }
    }
    return name;
  }

  /// Chains are followed by a loop, because they may be long.
  private Path attribute(PyNode.Attribute last, int depth) {
    Deque<String> members = new ArrayDeque<>();
    PyNode node = last;
    while (node instanceof PyNode.Attribute(int _, PyNode of, String name)) {
      members.push(name);
      node = of;
    }
    Path path = path(node, depth + 1);
    for (String member : members) {
      path = path.member(member);
    }
    return path;
  }

  private Path call(PyNode.Call call, int depth) {
    String callee = path(call.callee(), depth + 1).text();
    List<PyNode.Argument> given = call.arguments();
    return switch (callee) {
      case "__import__", "builtins.__import__", "importlib.import_module", "importlib.__import__" ->
          imported(given, depth);
      case "getattr", "builtins.getattr" -> attributeOf(given, depth);
      case "vars", "globals", "locals" -> dictionaryOf(given, depth);
      default -> Path.NONE;
    };
  }

  private Path imported(List<PyNode.Argument> given, int depth) {
    String module = given.isEmpty() ? null : text(given.getFirst().value(), depth + 1);
    return module == null ? Path.NONE : new Path(module, true);
  }

  private Path attributeOf(List<PyNode.Argument> given, int depth) {
    if (given.size() < 2) {
      return Path.NONE;
    }
    String name = text(given.get(1).value(), depth + 1);
    Path of = path(given.getFirst().value(), depth + 1);
    return name == null || of.text().isEmpty() ? Path.NONE : new Path(of.text() + "." + name, true);
  }

  private Path dictionaryOf(List<PyNode.Argument> given, int depth) {
    Path of = given.isEmpty() ? Path.NONE : path(given.getFirst().value(), depth + 1);
    return of.text().isEmpty() ? Path.NONE : new Path(of.text() + ".__dict__", true);
  }

  private Path subscript(PyNode of, PyNode index, int depth) {
    String holder = path(of, depth + 1).text();
    String key = text(index, depth + 1);
    if (key == null || holder.isEmpty()) {
      return Path.NONE;
    }
    if (holder.equals("sys.modules")) {
      return new Path(key, true);
    }
    if (holder.endsWith(".__dict__")) {
      return new Path(holder.substring(0, holder.length() - 8) + key, true);
    }
    return holder.equals("__builtins__") ? new Path(holder + "." + key, true) : Path.NONE;
  }
}
