package dev.vidimus.scan.python;

import dev.vidimus.formats.python.PyNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Follows values back to where they come from: through expressions and variables, not through
/// functions of the program.
final class Flow {
  private static final int MOST_STEPS = 2_000;
  private static final List<String> CREDENTIALS =
      List.of(
          ".ssh/",
          ".aws/credentials",
          ".netrc",
          "id_rsa",
          "id_ed25519",
          "/etc/passwd",
          "/etc/shadow",
          ".docker/config.json",
          ".kube/config",
          "huggingface/token",
          ".git-credentials");

  private static final Set<String> ONE_VARIABLE = Set.of("get", "setdefault", "pop");

  private final Names names;

  Flow(Names names) {
    this.names = names;
  }

  /// True if a call of such a function is among what makes the value.
  boolean comesFrom(PyNode value, Predicate<String> isSource) {
    return search(
        value,
        node ->
            node instanceof PyNode.Call call && isSource.test(names.path(call.callee()).text()));
  }

  /// All of `os.environ`, not one variable of it.
  boolean isWholeEnvironment(PyNode value) {
    return search(value, this::isEnvironment, this::takesOneVariable);
  }

  private boolean isEnvironment(PyNode node) {
    return node instanceof PyNode.Attribute && names.path(node).text().equals("os.environ");
  }

  private boolean takesOneVariable(PyNode node) {
    return switch (node) {
      case PyNode.Subscript(int _, PyNode of, PyNode _) -> isEnvironment(of);
      case PyNode.Attribute(int _, PyNode of, String name) ->
          isEnvironment(of) && ONE_VARIABLE.contains(name);
      default -> false;
    };
  }

  boolean readsCredentials(PyNode value) {
    return search(
        value,
        node ->
            node instanceof PyNode.Text(int _, String text)
                && CREDENTIALS.stream().anyMatch(text::contains));
  }

  private boolean search(PyNode value, Predicate<PyNode> wanted) {
    return search(value, wanted, node -> false);
  }

  /// @param isClosed true of parts that are not looked into
  private boolean search(PyNode value, Predicate<PyNode> wanted, Predicate<PyNode> isClosed) {
    Deque<PyNode> open = new ArrayDeque<>(List.of(value));
    Set<String> followed = new HashSet<>();
    for (int steps = 0; !open.isEmpty() && steps < MOST_STEPS; steps++) {
      PyNode node = open.pop();
      if (wanted.test(node)) {
        return true;
      }
      if (node instanceof PyNode.Name(int _, String name) && followed.add(name)) {
        names.values(name).forEach(open::push);
      }
      if (!isClosed.test(node)) {
        node.children().forEach(open::push);
      }
    }
    return false;
  }
}
