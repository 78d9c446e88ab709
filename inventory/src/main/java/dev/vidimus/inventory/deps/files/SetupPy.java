package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.python.PyNode;
import dev.vidimus.formats.python.PyReader;
import dev.vidimus.inventory.deps.files.Listing.Index;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `setup.py` gives to `setup`, as far as it stands there. The program is never run: what it
/// computes is a problem of the listing.
final class SetupPy implements DependencyFile {
  private static final int MOST_STEPS = 64;

  /// Lists may name each other twice, and so on.
  private static final int MOST_EXPRESSIONS = 100_000;

  /// A list may name one long text again and again.
  private static final long MOST_LETTERS = 16L << 20;

  @Override
  public boolean isNamed(String path) {
    return Text.name(path).toLowerCase(Locale.ROOT).equals("setup.py");
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    return new Reading(PyReader.read(Text.of(bytes, source), source)).listing();
  }

  private static final class Reading {
    private final List<PyNode> program;
    private final Map<String, PyNode> variables = new HashMap<>();
    private final List<Dependency> packages = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int looked;
    private long letters;

    Reading(List<PyNode> program) {
      this.program = program;
    }

    Listing listing() {
      Deque<PyNode> waiting = new ArrayDeque<>(program);
      List<PyNode.Call> calls = new ArrayList<>();
      while (!waiting.isEmpty()) {
        PyNode node = waiting.removeFirst();
        if (node instanceof PyNode.Assign assign
            && assign.targets().size() == 1
            && assign.targets().getFirst() instanceof PyNode.Name name) {
          // What is bound twice depends on how the program runs.
          boolean isAgain = variables.containsKey(name.name());
          variables.put(name.name(), isAgain ? name : assign.value());
        }
        if (node instanceof PyNode.Call call && isSetup(call.callee())) {
          calls.add(call);
        }
        node.children().forEach(waiting::addLast);
      }
      calls.forEach(this::setup);
      return new Listing("setup.py", false, packages, indexes, List.of(), problems);
    }

    private static boolean isSetup(PyNode callee) {
      return callee instanceof PyNode.Name name
          ? name.name().equals("setup")
          : callee instanceof PyNode.Attribute attribute && attribute.name().equals("setup");
    }

    private void setup(PyNode.Call call) {
      for (PyNode.Argument argument : call.arguments()) {
        switch (argument.keyword()) {
          case "install_requires", "setup_requires", "tests_require" ->
              requirements(argument.value(), "");
          case "extras_require" -> extras(argument.value());
          case "dependency_links" -> {
            for (PyNode.Text link : texts(argument.value(), 0)) {
              indexes.add(new Index(link.text(), "--find-links", link.line()));
            }
          }
          case "**" ->
              problems.add(new Problem(call.line(), "arguments are computed when it runs"));
          default -> {}
        }
      }
    }

    private void extras(PyNode value) {
      PyNode found = resolved(value);
      if (!(found instanceof PyNode.Collection all) || !all.open().equals("{")) {
        problems.add(new Problem(value.line(), "extras_require is computed when it runs"));
        return;
      }
      for (PyNode item : all.items()) {
        if (item instanceof PyNode.Collection pair && pair.items().size() == 2) {
          String extra = pair.items().getFirst() instanceof PyNode.Text text ? text.text() : "";
          requirements(pair.items().getLast(), "extra == \"" + extra + "\"");
        } else {
          problems.add(new Problem(item.line(), "an extra is computed when it runs"));
        }
      }
    }

    private void requirements(PyNode value, String marker) {
      for (PyNode.Text text : texts(value, 0)) {
        letters += text.text().length();
        if (letters > MOST_LETTERS) {
          problems.add(
              new Problem(text.line(), "requirements of more than " + MOST_LETTERS + " letters"));
          return;
        }
        for (String line : text.text().split("\n", -1)) {
          String wanted = line.strip();
          if (!wanted.isEmpty() && !wanted.startsWith("#")) {
            Dependency one = Requirement.read(wanted);
            if (one == null) {
              problems.add(new Problem(text.line(), wanted + ": is no requirement"));
            } else {
              packages.add((one.marker().isEmpty() ? one.when(marker) : one).at(text.line()));
            }
          }
        }
      }
    }

    /// The strings of an expression that stands there; what does not is a problem.
    private List<PyNode.Text> texts(PyNode value, int steps) {
      List<PyNode.Text> texts = new ArrayList<>();
      if (++looked > MOST_EXPRESSIONS) {
        if (looked == MOST_EXPRESSIONS + 1) {
          problems.add(new Problem(value.line(), "more than " + MOST_EXPRESSIONS + " expressions"));
        }
        return texts;
      }
      PyNode found = resolved(value);
      boolean isSum =
          found instanceof PyNode.Operation operation
              && operation.operators().stream().allMatch("+"::equals);
      boolean isList =
          found instanceof PyNode.Collection all
              && (all.open().equals("[") || all.open().equals("("));
      if (found instanceof PyNode.Text text) {
        texts.add(text);
      } else if (found != null && (isSum || isList) && steps < MOST_STEPS) {
        for (PyNode item : found.children()) {
          texts.addAll(texts(item, steps + 1));
        }
      } else {
        problems.add(new Problem(value.line(), "requirements are computed when it runs"));
      }
      return texts;
    }

    private @Nullable PyNode resolved(PyNode value) {
      PyNode at = value;
      for (int i = 0; i < MOST_STEPS && at instanceof PyNode.Name name; i++) {
        at = variables.get(name.name());
      }
      return at;
    }
  }
}
