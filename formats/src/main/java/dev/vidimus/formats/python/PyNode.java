package dev.vidimus.formats.python;

import java.util.ArrayList;
import java.util.List;

/// A part of a program: an expression or a statement.
public sealed interface PyNode {
  /// Where it begins, from 1.
  int line();

  /// The parts of this part, in the order of the program.
  default List<PyNode> children() {
    return List.of();
  }

  /// A variable, or one of the words `None`, `True` and `False`.
  record Name(int line, String name) implements PyNode {}

  /// A string of text or of bytes; of bytes each character is one.
  record Text(int line, String text) implements PyNode {}

  /// A number as it is written, without underscores.
  record Numeral(int line, String text) implements PyNode {}

  /// `of.name`.
  record Attribute(int line, PyNode of, String name) implements PyNode {
    @Override
    public List<PyNode> children() {
      return List.of(of);
    }
  }

  /// `of[index]`.
  record Subscript(int line, PyNode of, PyNode index) implements PyNode {
    @Override
    public List<PyNode> children() {
      return List.of(of, index);
    }
  }

  /// What a call is given.
  ///
  /// @param keyword empty for one by position; `*` and `**` for what is unpacked
  record Argument(String keyword, PyNode value) {}

  /// `callee(arguments)`.
  record Call(int line, PyNode callee, List<Argument> arguments) implements PyNode {
    @Override
    public List<PyNode> children() {
      List<PyNode> all = new ArrayList<>(arguments.size() + 1);
      all.add(callee);
      arguments.forEach(argument -> all.add(argument.value()));
      return all;
    }
  }

  /// Operands and what stands between or before them, whatever their precedence.
  record Operation(int line, List<String> operators, List<PyNode> operands) implements PyNode {
    @Override
    public List<PyNode> children() {
      return operands;
    }
  }

  /// A list, tuple, set, dictionary, slice, comprehension or formatted string.
  ///
  /// @param open `[`, `(`, `{`, `:`, `for` or `f`
  record Collection(int line, String open, List<PyNode> items) implements PyNode {
    @Override
    public List<PyNode> children() {
      return items;
    }
  }

  /// A function without a name.
  record Lambda(int line, List<PyNode> defaults, PyNode body) implements PyNode {
    @Override
    public List<PyNode> children() {
      List<PyNode> all = new ArrayList<>(defaults);
      all.add(body);
      return all;
    }
  }

  /// `import module as alias`, or one name of `from module import name as alias`.
  ///
  /// @param module with its leading points; empty only with points
  /// @param name empty for `import module`; `*` for all
  /// @param alias what the name is bound to
  record Import(int line, String module, String name, String alias) implements PyNode {}

  /// `target = value`, with or without annotation; `target += value` too.
  record Assign(int line, List<PyNode> targets, PyNode value) implements PyNode {
    @Override
    public List<PyNode> children() {
      List<PyNode> all = new ArrayList<>(targets);
      all.add(value);
      return all;
    }
  }

  /// A function or class.
  ///
  /// @param head decorators, defaults, annotations, bases: what defining it evaluates
  record Definition(int line, boolean isClass, String name, List<PyNode> head, List<PyNode> body)
      implements PyNode {
    @Override
    public List<PyNode> children() {
      List<PyNode> all = new ArrayList<>(head);
      all.addAll(body);
      return all;
    }
  }

  /// A statement with or without a body: `if`, `while`, `return`, an expression alone (empty).
  record Statement(int line, String keyword, List<PyNode> head, List<PyNode> body)
      implements PyNode {
    @Override
    public List<PyNode> children() {
      List<PyNode> all = new ArrayList<>(head);
      all.addAll(body);
      return all;
    }
  }
}
