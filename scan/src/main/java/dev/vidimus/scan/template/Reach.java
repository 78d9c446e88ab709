package dev.vidimus.scan.template;

import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.jinja.JinjaNode;
import dev.vidimus.formats.jinja.JinjaNode.Argument;
import dev.vidimus.scan.template.TemplateJudge.Reporter;
import dev.vidimus.scan.template.TemplateJudge.Use;
import java.util.List;
import java.util.Set;

/// What a template accesses and calls. Data may have members of any name, so attributes are free,
/// except those that lead into Python's objects; functions, methods, filters and tests are those of
/// Jinja and of the programs that render chat templates.
final class Reach {
  private final Bindings bindings;
  private final Use use;
  private final Reporter reporter;
  private final Folding folding;

  Reach(Bindings bindings, Use use, Reporter reporter) {
    this.bindings = bindings;
    this.use = use;
    this.reporter = reporter;
    this.folding = new Folding(bindings);
  }

  void examine(List<JinjaNode> nodes) {
    nodes.forEach(this::examine);
  }

  static String shown(String name) {
    return "\"" + Printable.of(name, 60) + "\"";
  }

  private void examine(JinjaNode node) {
    switch (node) {
      case JinjaNode.Name name -> name(name);
      case JinjaNode.Attribute attribute -> attribute(attribute);
      case JinjaNode.Subscript subscript -> subscript(subscript);
      case JinjaNode.Call call -> call(call);
      case JinjaNode.Filter filter -> filter(filter);
      case JinjaNode.Test test -> test(test);
      case JinjaNode.Literal literal -> literal(literal);
      case JinjaNode.Operation operation -> operation(operation);
      case JinjaNode.Reference reference -> reference(reference);
      case JinjaNode.Data _,
          JinjaNode.Print _,
          JinjaNode.Numeral _,
          JinjaNode.Collection _,
          JinjaNode.Slice _,
          JinjaNode.Condition _,
          JinjaNode.Loop _,
          JinjaNode.Assign _,
          JinjaNode.Block _,
          JinjaNode.Action _ ->
          examine(node.children());
    }
  }

  /// A name that stands neither before brackets nor before a test.
  private void name(JinjaNode.Name name) {
    String word = name.name();
    if (Vocabulary.namesInsides(word)) {
      escape(name.at(), "uses " + shown(word));
    } else if (isHostFunction(word) || (word.equals("self") && !bindings.isBound(word))) {
      computed(name.at(), "uses the function " + shown(word) + " as a value");
    }
  }

  private boolean isHostFunction(String word) {
    return Vocabulary.FUNCTIONS.contains(word) && !bindings.isBound(word);
  }

  private void attribute(JinjaNode.Attribute attribute) {
    if (Vocabulary.isInside(attribute.name())) {
      escape(attribute.at(), "reaches the attribute " + shown(attribute.name()));
    }
    owner(attribute.of(), attribute.name());
  }

  /// What a member is taken from: of a function of the host nothing is.
  private void owner(JinjaNode of, String member) {
    if (of instanceof JinjaNode.Name(int at, String word)) {
      boolean isOwnBlock = word.equals("self") && bindings.isBlock(member);
      if (isHostFunction(word) || (word.equals("self") && !bindings.isBound(word) && !isOwnBlock)) {
        escape(at, "reaches into " + shown(word));
      } else if (Vocabulary.namesInsides(word)) {
        escape(at, "uses " + shown(word));
      }
    } else {
      examine(of);
    }
  }

  private void subscript(JinjaNode.Subscript subscript) {
    member(subscript.index(), subscript.at());
    owner(subscript.of(), "");
    examine(subscript.index());
  }

  /// A name of a member that is given as a value.
  private void member(JinjaNode index, int at) {
    Set<String> names = folding.strings(index);
    for (String name : names) {
      if (isEscapingPath(name)) {
        escape(at, "reaches the member " + shown(name));
        return;
      }
    }
    if (names.isEmpty() && buildsText(index)) {
      computed(at, "builds the name of a member");
    }
  }

  private static boolean isEscapingPath(String name) {
    if (Vocabulary.namesInsides(name)) {
      return true;
    }
    for (String part : name.split("\\.", -1)) {
      if (part.startsWith("__") || (part.contains("__") && part.startsWith("_"))) {
        return true;
      }
      if (!part.startsWith("_") && Vocabulary.isInside(part) && part.indexOf("__") < 0) {
        return true;
      }
    }
    return false;
  }

  /// True if the expression makes text out of pieces, so that its value can be any name.
  private static boolean buildsText(JinjaNode node) {
    return switch (node) {
      case JinjaNode.Operation operation -> {
        String operator = operation.operators().getFirst();
        boolean hasText =
            operation.operands().stream().anyMatch(one -> one instanceof JinjaNode.Literal);
        yield operator.equals("~")
            || (hasText && Set.of("+", "%", "*").contains(operator))
            || operation.operands().stream().anyMatch(Reach::buildsText);
      }
      case JinjaNode.Filter filter ->
          Set.of("join", "format", "replace", "reverse").contains(filter.name());
      case JinjaNode.Call call ->
          call.callee() instanceof JinjaNode.Attribute(int _, JinjaNode _, String name)
              && Set.of("join", "format", "replace").contains(name);
      case JinjaNode.Name _,
          JinjaNode.Attribute _,
          JinjaNode.Subscript _,
          JinjaNode.Test _,
          JinjaNode.Literal _,
          JinjaNode.Reference _,
          JinjaNode.Data _,
          JinjaNode.Print _,
          JinjaNode.Numeral _,
          JinjaNode.Collection _,
          JinjaNode.Slice _,
          JinjaNode.Condition _,
          JinjaNode.Loop _,
          JinjaNode.Assign _,
          JinjaNode.Block _,
          JinjaNode.Action _ ->
          false;
    };
  }

  private void call(JinjaNode.Call call) {
    switch (call.callee()) {
      case JinjaNode.Name(int at, String word) -> function(at, word);
      case JinjaNode.Attribute method -> method(method, call);
      case JinjaNode.Subscript subscript -> {
        subscript(subscript);
        unknown(call.at(), "calls a member by its key");
      }
      case JinjaNode other -> {
        examine(other);
        unknown(call.at(), "calls what another expression yields");
      }
    }
    arguments(call.arguments());
    if (call.callee() instanceof JinjaNode.Name(int _, String word) && word.equals("dict")) {
      for (Argument argument : call.arguments()) {
        if (argument.keyword().startsWith("__")) {
          escape(call.at(), "builds the name " + shown(argument.keyword()));
        }
      }
    }
  }

  private void arguments(List<Argument> arguments) {
    for (Argument argument : arguments) {
      examine(argument.value());
    }
  }

  private void function(int at, String word) {
    if (Vocabulary.namesInsides(word)
        || (Vocabulary.DANGEROUS_FUNCTIONS.contains(word) && !bindings.isBound(word))) {
      escape(at, "calls " + shown(word));
    } else if (!Vocabulary.FUNCTIONS.contains(word)
        && !Vocabulary.LOCAL.contains(word)
        && !bindings.isBound(word)) {
      unknown(at, "calls the function " + shown(word));
    }
  }

  private void method(JinjaNode.Attribute method, JinjaNode.Call call) {
    String name = method.name();
    if (Vocabulary.DANGEROUS_METHODS.contains(name)) {
      escape(method.at(), "calls the method " + shown(name));
    } else if (!Vocabulary.METHODS.contains(name) && !isOwn(method)) {
      unknown(method.at(), "calls the method " + shown(name));
    }
    attribute(method);
    if (name.equals("format") || name.equals("format_map")) {
      formatted(method.of(), call.at());
    }
  }

  /// A block of the template, or a macro that it keeps in a variable.
  private boolean isOwn(JinjaNode.Attribute method) {
    return method.of() instanceof JinjaNode.Name(int _, String word)
        && (word.equals("self")
            ? bindings.isBlock(method.name())
            : bindings.isBound(word) && !bindings.values(method.name()).isEmpty());
  }

  /// `format` follows the attributes that its text names.
  private void formatted(JinjaNode template, int at) {
    for (String text : folding.strings(template)) {
      if (text.contains(".__") || text.contains("[__") || Vocabulary.namesInsides(text)) {
        escape(at, "formats a text that names " + shown(text));
        return;
      }
    }
  }

  private void filter(JinjaNode.Filter filter) {
    String name = filter.name();
    if (name.equals("attr")) {
      attrFilter(filter);
    } else if (!Vocabulary.FILTERS.contains(name)) {
      unknown(filter.at(), "uses the filter " + shown(name));
    } else if (Vocabulary.LOOKUPS.contains(name)) {
      lookup(filter);
    }
    if (filter.input() != null) {
      if (name.equals("format")) {
        formatted(filter.input(), filter.at());
      } else if (name.equals("string") && isObject(filter.input())) {
        computed(filter.at(), "takes the text of an internal object");
      }
      examine(filter.input());
    }
    arguments(filter.arguments());
  }

  private void attrFilter(JinjaNode.Filter filter) {
    if (filter.arguments().isEmpty()) {
      return;
    }
    JinjaNode wanted = filter.arguments().getFirst().value();
    Set<String> names = folding.strings(wanted);
    boolean isKnown = !names.isEmpty() && names.stream().noneMatch(Vocabulary::isInside);
    if (isKnown && wanted instanceof JinjaNode.Literal) {
      return; // the plain way to write an attribute in a roundabout way
    }
    if (names.isEmpty() || isKnown) {
      computed(filter.at(), "looks up an attribute whose name it computes");
    } else {
      escape(filter.at(), "reaches the attribute " + shown(names.iterator().next()));
    }
  }

  /// Filters that take the name of an attribute, or of another filter.
  private void lookup(JinjaNode.Filter filter) {
    for (Argument argument : filter.arguments()) {
      Set<String> names = folding.strings(argument.value());
      for (String name : names) {
        boolean isAttr = name.equals("attr") && filter.name().equals("map");
        if (isAttr || Vocabulary.namesInsides(name) || isInsideOnly(name)) {
          escape(filter.at(), "looks up " + shown(name) + " by the filter " + filter.name());
          return;
        }
      }
    }
  }

  private static boolean isInsideOnly(String name) {
    return !name.startsWith("_") && !name.contains("__") && Vocabulary.isInside(name);
  }

  /// Generators and functions, whose text is a source of letters for names.
  private boolean isObject(JinjaNode node) {
    if (node instanceof JinjaNode.Filter filter) {
      return Set.of("select", "reject", "selectattr", "rejectattr", "map", "batch", "slice")
          .contains(filter.name());
    }
    return node instanceof JinjaNode.Name(int _, String word)
        && (isHostFunction(word) || word.equals("self"));
  }

  private void test(JinjaNode.Test test) {
    if (!Vocabulary.TESTS.contains(test.name())) {
      unknown(test.at(), "uses the test " + shown(test.name()));
    }
    if (!(test.input() instanceof JinjaNode.Name)) {
      examine(test.input()); // whether a function is there may be asked of each
    }
    arguments(test.arguments());
  }

  private void literal(JinjaNode.Literal literal) {
    if (Vocabulary.namesInsides(literal.text())) {
      computed(literal.at(), "has the text " + shown(literal.text()));
    }
  }

  private void operation(JinjaNode.Operation operation) {
    if (operation.operands().size() > 1) {
      for (String text : folding.strings(operation)) {
        if (Vocabulary.namesInsides(text)) {
          escape(operation.at(), "builds the name " + shown(text));
          break;
        }
      }
    }
    examine(operation.operands());
  }

  private void reference(JinjaNode.Reference reference) {
    Set<String> names = folding.strings(reference.what());
    for (String name : names) {
      if (name.startsWith("/") || name.contains("..") || name.contains(":")) {
        escape(reference.at(), "brings in the file " + shown(name));
        return;
      }
    }
    if (use == Use.CHAT) {
      reporter.report(
          TemplateRule.OTHER_TEMPLATE,
          reference.at(),
          "has the tag " + reference.keyword() + " " + String.join(", ", names));
    }
    examine(reference.what());
  }

  private void escape(int at, String what) {
    reporter.report(TemplateRule.ESCAPE, at, what);
  }

  private void computed(int at, String what) {
    reporter.report(TemplateRule.COMPUTED_NAME, at, what);
  }

  private void unknown(int at, String what) {
    if (use == Use.CHAT) {
      reporter.report(TemplateRule.UNKNOWN_CALL, at, what);
    }
  }
}
