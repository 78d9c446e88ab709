package dev.vidimus.formats.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a template: an expression or a statement.
public sealed interface JinjaNode {
  /// Where it begins, in UTF-16 units from the start of the template.
  int at();

  /// The parts of this part, in the order of the template.
  default List<JinjaNode> children() {
    return List.of();
  }

  /// Text that is printed as it stands.
  record Data(int at, String text) implements JinjaNode {}

  /// `{{ … }}`.
  record Print(int at, JinjaNode value) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return List.of(value);
    }
  }

  /// A string.
  record Literal(int at, String text) implements JinjaNode {}

  /// A number as it is written, without underscores.
  record Numeral(int at, String text) implements JinjaNode {}

  /// A variable, a function, or one of the words `true`, `false` and `none`.
  record Name(int at, String name) implements JinjaNode {}

  /// A list, a tuple, or a dictionary: keys and values in turn.
  record Collection(int at, boolean isDictionary, List<JinjaNode> items) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return items;
    }
  }

  /// `of.name`.
  record Attribute(int at, JinjaNode of, String name) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return List.of(of);
    }
  }

  /// `of[index]`.
  record Subscript(int at, JinjaNode of, JinjaNode index) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return List.of(of, index);
    }
  }

  /// `from:to:step` between brackets, without the parts that are left out.
  record Slice(int at, List<JinjaNode> bounds) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return bounds;
    }
  }

  /// What a call is given.
  ///
  /// @param keyword empty for one by position; `*` and `**` for what is unpacked
  record Argument(String keyword, JinjaNode value) {}

  /// `callee(arguments)`.
  record Call(int at, JinjaNode callee, List<Argument> arguments) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return with(callee, arguments);
    }
  }

  /// `input | name(arguments)`.
  ///
  /// @param input null for the filter of a block
  record Filter(int at, @Nullable JinjaNode input, String name, List<Argument> arguments)
      implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return with(input, arguments);
    }
  }

  /// `input is name(arguments)`.
  record Test(int at, JinjaNode input, String name, List<Argument> arguments) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return with(input, arguments);
    }
  }

  /// Operands and what stands between them, of one precedence; one operand more than operators, or
  /// as many if the operator stands before it. `a if b else c` has the operators `if` and `else`.
  record Operation(int at, List<String> operators, List<JinjaNode> operands) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return operands;
    }
  }

  /// One way of an `if`.
  ///
  /// @param test null for `else`
  record Branch(@Nullable JinjaNode test, List<JinjaNode> body) {}

  /// `if`, every `elif`, and `else`.
  record Condition(int at, List<Branch> branches) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      List<JinjaNode> all = new ArrayList<>();
      for (Branch branch : branches) {
        if (branch.test() != null) {
          all.add(branch.test());
        }
        all.addAll(branch.body());
      }
      return all;
    }
  }

  /// `for target in over if filter`.
  record Loop(
      int at,
      JinjaNode target,
      JinjaNode over,
      @Nullable JinjaNode filter,
      List<JinjaNode> body,
      List<JinjaNode> otherwise)
      implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      List<JinjaNode> all = new ArrayList<>(List.of(target, over));
      if (filter != null) {
        all.add(filter);
      }
      all.addAll(body);
      all.addAll(otherwise);
      return all;
    }
  }

  /// `set target = value`, and what `with` and the defaults of macros bind.
  record Assign(int at, JinjaNode target, JinjaNode value) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return List.of(target, value);
    }
  }

  /// A tag with a body: `macro`, `call`, `filter`, `set` of a block, `with`, `block`,
  /// `autoescape`, `generation`.
  ///
  /// @param name of a macro or block; empty for others
  /// @param head expressions and parameters of the tag itself
  record Block(int at, String keyword, String name, List<JinjaNode> head, List<JinjaNode> body)
      implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      List<JinjaNode> all = new ArrayList<>(head);
      all.addAll(body);
      return all;
    }
  }

  /// A tag that brings in another template: `include`, `import`, `from`, `extends`.
  record Reference(int at, String keyword, JinjaNode what) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return List.of(what);
    }
  }

  /// `do expression`, `break`, `continue`.
  record Action(int at, String keyword, List<JinjaNode> values) implements JinjaNode {
    @Override
    public List<JinjaNode> children() {
      return values;
    }
  }

  private static List<JinjaNode> with(@Nullable JinjaNode first, List<Argument> arguments) {
    List<JinjaNode> all = new ArrayList<>(arguments.size() + 1);
    if (first != null) {
      all.add(first);
    }
    for (Argument argument : arguments) {
      all.add(argument.value());
    }
    return all;
  }
}
