package dev.vidimus.scan.python;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.python.PyNode;
import dev.vidimus.formats.python.PyNode.Argument;
import dev.vidimus.scan.inspection.Inspection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges one program of TorchScript by the members that it names: `torch.save`,
/// `ops.aten.from_file`, `x.save`, `getattr(torch, "save")` are one and the same to its compiler,
/// which also lets a program give them other names.
final class TorchScriptJudge {
  private static final int SHOWN = 80;

  /// The custom classes that native libraries register.
  private static final String CLASSES = "__torch__.torch.classes.";

  /// Remote calls are functions without a namespace.
  private static final String REMOTE = "rpc_";

  private final Location location;
  private final Inspection inspection;
  private final Set<String> methods = new HashSet<>();
  private final Set<String> reported = new HashSet<>();
  private final Deque<Step> open = new ArrayDeque<>();

  TorchScriptJudge(Location location, Inspection inspection) {
    this.location = location;
    this.inspection = inspection;
  }

  /// @param function that the part belongs to; empty outside of functions
  private record Step(PyNode node, String function) {}

  void judge(List<PyNode> program) {
    collect(program);
    push(program, "");
    while (!open.isEmpty()) {
      Step step = open.pop();
      visit(step.node(), step.function());
    }
  }

  /// The names of all functions: `self.save` may be one of the model's own.
  private void collect(List<PyNode> program) {
    Deque<PyNode> rest = new ArrayDeque<>(program);
    while (!rest.isEmpty()) {
      if (rest.pop() instanceof PyNode.Definition definition) {
        methods.add(definition.name());
        definition.body().forEach(rest::push);
      }
    }
  }

  private void push(List<PyNode> nodes, String function) {
    for (PyNode node : nodes.reversed()) {
      open.push(new Step(node, function));
    }
  }

  private void visit(PyNode node, String function) {
    String inside = function;
    if (node instanceof PyNode.Definition definition && !definition.isClass()) {
      inside = definition.name();
    } else if (node instanceof PyNode.Attribute(int line, PyNode of, String name)) {
      if (!isSelf(of)) { // of which `save` may be a list
        member(of, name, line, function);
      }
    } else if (node instanceof PyNode.Call call) {
      if (call.callee() instanceof PyNode.Attribute(int line, PyNode of, String called)
          && isSelf(of)
          && !methods.contains(called)) {
        member(of, called, line, function);
      }
      String name = constantMember(call);
      if (name != null) {
        member(call.arguments().getFirst().value(), name, call.line(), function);
      } else if (call.callee() instanceof PyNode.Name(int line, String callee)
          && callee.startsWith(REMOTE)) {
        member(call.callee(), callee, line, function);
      }
    }
    push(node.children(), inside);
  }

  /// The member that `getattr(of, "name")` takes.
  private static @Nullable String constantMember(PyNode.Call call) {
    List<Argument> given = call.arguments();
    boolean isTaken =
        call.callee() instanceof PyNode.Name(int _, String callee)
            && callee.equals("getattr")
            && given.size() >= 2;
    return isTaken && given.get(1).value() instanceof PyNode.Text(int _, String name) ? name : null;
  }

  private static boolean isSelf(PyNode of) {
    return of instanceof PyNode.Name(int _, String root) && root.equals("self");
  }

  private void member(PyNode of, String name, int line, String function) {
    String danger = TorchOperators.danger(name);
    if (danger != null) {
      String when = function.equals("__setstate__") ? ", which loading calls" : "";
      report(
          TorchScriptRule.HARMFUL_OPERATOR,
          line,
          "in " + (function.isEmpty() ? "the program" : shown(function) + when),
          "the operator " + shown(name) + " " + danger);
    }
    String library = library(of);
    if (library != null && !TorchOperators.isKnown(library)) {
      report(
          TorchScriptRule.CUSTOM_OPERATOR,
          line,
          "",
          shown(name) + " is of library " + shown(library));
    }
  }

  /// The namespace if the member is an operator's or a native class's name, or null.
  private static @Nullable String library(PyNode of) {
    if (of instanceof PyNode.Attribute(int _, PyNode root, String namespace)) {
      if (root instanceof PyNode.Name(int _, String name) && name.equals("ops")) {
        return namespace;
      }
      return (path(root) + ".").equals(CLASSES) ? namespace : null;
    }
    return null;
  }

  private static String path(PyNode node) {
    StringBuilder path = new StringBuilder();
    PyNode rest = node;
    while (rest instanceof PyNode.Attribute(int _, PyNode of, String name)
        && path.length() < CLASSES.length()) {
      path.insert(0, "." + name);
      rest = of;
    }
    return rest instanceof PyNode.Name(int _, String name) ? name + path : "";
  }

  private void report(TorchScriptRule rule, int line, String where, String what) {
    if (reported.add(rule + what)) {
      String place = where.isEmpty() ? "" : where + " ";
      inspection.report(rule.at(location, place + "at line " + line + ": " + what, ""));
    }
  }

  private static String shown(String name) {
    return "\"" + Printable.of(name, SHOWN) + "\"";
  }
}
