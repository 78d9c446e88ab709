package dev.vidimus.scan.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.python.PyNode;
import dev.vidimus.formats.python.PyNode.Argument;
import dev.vidimus.formats.python.PyReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.tensor.MetadataText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Judges one program by its calls: what they run, whether importing the program is enough for them
/// to happen, and where what they are given comes from.
final class PythonJudge {
  private static final int DEEPEST = 3;

  /// Commands that only ask, which code runs when it is imported to learn about the machine.
  private static final Set<String> QUESTIONS =
      Set.of("git", "nvidia-smi", "rocm-smi", "uname", "which", "lscpu", "sysctl", "nproc", "nvcc");

  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "/bin/sh", "/bin/bash", "zsh", "cmd", "powershell", "python", "python3");

  private final List<PyNode> program;
  private final Names names;
  private final Flow flow;
  private final Location location;
  private final Inspection inspection;
  private final int depth;
  private final Set<String> abilities = new TreeSet<>();
  private final Set<String> callees = new HashSet<>();
  private final Set<String> run = new HashSet<>();
  private final Deque<Step> open = new ArrayDeque<>();

  PythonJudge(List<PyNode> program, Location location, Inspection inspection) {
    this(program, location, inspection, 0);
  }

  private PythonJudge(List<PyNode> program, Location location, Inspection inspection, int depth) {
    this.program = program;
    this.names = Names.of(program);
    this.flow = new Flow(names);
    this.location = location;
    this.inspection = inspection;
    this.depth = depth;
  }

  /// @param atImport whether importing the program evaluates the part
  private record Step(PyNode node, boolean atImport) {}

  /// The tree is gone through by a list of our own, because programs decide how deep it is.
  ///
  /// @param isImported whether loaders import the program; a notebook is run by people
  void judge(boolean isImported) {
    push(program, isImported);
    while (!open.isEmpty()) {
      Step step = open.pop();
      visit(step.node(), step.atImport());
    }
    if (callees.contains("os.dup2") && callees.contains("socket.socket") && startsAny()) {
      report(PythonRule.REMOTE_SHELL, 1, "connects a socket to a program's input and output");
    }
    if (names.isExhausted()) {
      inspection.notExamined(location, "the names of the program are too intricate to follow");
    }
    if (!abilities.isEmpty()) {
      report(PythonRule.CAPABILITY, 1, "calls " + String.join(", ", abilities));
    }
  }

  private boolean startsAny() {
    return callees.stream().anyMatch(Functions::startsProgram);
  }

  private void push(List<PyNode> nodes, boolean atImport) {
    for (PyNode node : nodes.reversed()) {
      open.push(new Step(node, atImport));
    }
  }

  private void visit(PyNode node, boolean atImport) {
    switch (node) {
      case PyNode.Definition definition -> {
        push(definition.head(), atImport);
        push(definition.body(), atImport && definition.isClass());
      }
      case PyNode.Lambda lambda -> {
        push(lambda.defaults(), atImport);
        push(List.of(lambda.body()), false);
      }
      case PyNode.Statement statement -> {
        push(statement.head(), atImport);
        push(statement.body(), atImport && !isMain(statement));
      }
      case PyNode.Call call -> {
        call(call, atImport);
        push(call.children(), atImport);
      }
      case PyNode.Name _,
          PyNode.Text _,
          PyNode.Numeral _,
          PyNode.Attribute _,
          PyNode.Subscript _,
          PyNode.Operation _,
          PyNode.Collection _,
          PyNode.Import _,
          PyNode.Assign _ ->
          push(node.children(), atImport);
    }
  }

  /// `if __name__ == "__main__"`.
  private static boolean isMain(PyNode.Statement statement) {
    return statement.keyword().equals("if")
        && statement.head().getFirst() instanceof PyNode.Operation test
        && test.operands().getFirst() instanceof PyNode.Name(int _, String name)
        && name.equals("__name__");
  }

  private void call(PyNode.Call call, boolean atImport) {
    if (atImport && call.callee() instanceof PyNode.Name(int _, String name)) {
      PyNode.Definition definition = names.definition(name);
      if (!definition.body().isEmpty() && run.add(definition.name())) {
        push(bodyRun(definition), true);
      }
    }
    Names.Path path = names.path(call.callee());
    String callee = path.text();
    callees.add(callee);
    if (Functions.runsText(callee)) {
      runText(call, callee, atImport);
    } else if (Functions.startsProgram(callee)) {
      startProgram(call, callee, atImport);
    } else if (Functions.usesNetwork(callee)) {
      useNetwork(call, callee, atImport);
    } else {
      hidden(call);
      return;
    }
    if (path.isHidden()) {
      report(PythonRule.HIDDEN_NAME, call.line(), "calls " + callee + " by another way");
    }
  }

  /// Of a class, making one runs `__init__` only.
  private static List<PyNode> bodyRun(PyNode.Definition definition) {
    if (!definition.isClass()) {
      return definition.body();
    }
    for (PyNode member : definition.body()) {
      if (member instanceof PyNode.Definition method && method.name().equals("__init__")) {
        return method.body();
      }
    }
    return List.of();
  }

  private void runText(PyNode.Call call, String callee, boolean atImport) {
    abilities.add(callee);
    for (Argument argument : call.arguments()) {
      String text = names.text(argument.value());
      if (text != null && depth < DEEPEST) {
        inner(text, call.line(), atImport);
      }
    }
    if (call.arguments().isEmpty()) {
      return;
    }
    PyNode given = call.arguments().getFirst().value();
    if (flow.comesFrom(given, Functions::decodes)) {
      report(PythonRule.DECODED_CODE, call.line(), callee + " is given what a decoder returns");
    } else if (flow.comesFrom(given, Functions::downloads)) {
      report(
          PythonRule.DOWNLOADED_CODE, call.line(), callee + " is given what the network returns");
    }
  }

  /// Code in a string is code.
  private void inner(String text, int line, boolean atImport) {
    try {
      List<PyNode> code = PyReader.read(text, "line " + line);
      new PythonJudge(code, location, inspection, depth + 1).judge(atImport);
    } catch (FormatException e) {
      // Text that is no program fails to run.
    }
  }

  private void startProgram(PyNode.Call call, String callee, boolean atImport) {
    abilities.add(callee);
    if (call.arguments().isEmpty()) {
      return;
    }
    PyNode command = command(call.arguments().getFirst().value());
    if (flow.comesFrom(command, Functions::downloads)) {
      report(
          PythonRule.DOWNLOADED_CODE, call.line(), callee + " is given what the network returns");
    } else if (flow.comesFrom(command, Functions::decodes)) {
      report(PythonRule.DECODED_CODE, call.line(), callee + " is given what a decoder returns");
    }
    String words = words(call.arguments().getFirst().value());
    MetadataText.Suspicion suspicion =
        words.isEmpty() ? null : new MetadataText().judge("command", words);
    if (suspicion != null) {
      report(PythonRule.HARMFUL_COMMAND, call.line(), callee + " " + suspicion.what());
    }
    String first = words.strip().split("\\s+", 2)[0];
    if (atImport && !QUESTIONS.contains(first)) {
      report(PythonRule.IMPORT_EFFECT, call.line(), callee + " is called by importing it");
    }
  }

  /// The part of a command that decides what runs: the program, or what a shell is told.
  private PyNode command(PyNode given) {
    if (!(given instanceof PyNode.Collection list)
        || list.items().isEmpty()
        || list.open().equals("f")) {
      return given;
    }
    String program = names.text(list.items().getFirst());
    boolean isShell = program != null && SHELLS.contains(program);
    return isShell ? list.items().getLast() : list.items().getFirst();
  }

  /// The constant words of a command.
  private String words(PyNode given) {
    if (given instanceof PyNode.Collection list) {
      StringBuilder out = new StringBuilder();
      for (PyNode item : list.items()) {
        String word = names.text(item);
        out.append(word == null ? "" : word).append(' ');
      }
      return out.toString();
    }
    String text = names.text(given);
    return text == null ? "" : text;
  }

  private void useNetwork(PyNode.Call call, String callee, boolean atImport) {
    abilities.add(callee);
    boolean isMadeOnly = callee.endsWith("Session") || callee.endsWith("socket.socket");
    if (atImport && !isMadeOnly) {
      report(PythonRule.IMPORT_NETWORK, call.line(), callee + " is called by importing it");
    }
    for (Argument argument : call.arguments()) {
      if (flow.isWholeEnvironment(argument.value())) {
        report(PythonRule.EXFILTRATION, call.line(), callee + " is given the environment");
      } else if (flow.readsCredentials(argument.value())) {
        report(PythonRule.EXFILTRATION, call.line(), callee + " is given a file of credentials");
      }
    }
  }

  /// `getattr(os, name)(…)` with a name that is computed.
  private void hidden(PyNode.Call call) {
    if (call.callee() instanceof PyNode.Call inner
        && names.path(inner.callee()).text().equals("getattr")
        && inner.arguments().size() > 1
        && names.text(inner.arguments().get(1).value()) == null
        && Functions.isHolder(names.path(inner.arguments().getFirst().value()).text())) {
      report(PythonRule.HIDDEN_NAME, call.line(), "calls a function by a name that it computes");
    }
  }

  private void report(PythonRule rule, int line, String what) {
    String where = rule == PythonRule.CAPABILITY ? "" : "line " + line + ": ";
    inspection.report(rule.at(location, where + Printable.of(what, 200), ""));
  }
}
