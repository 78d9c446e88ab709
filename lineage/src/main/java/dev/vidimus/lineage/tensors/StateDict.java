package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Names the tensors of an unpickled object by the keys that lead to them, joined by dots. What
/// trainers put around the weights (`state_dict`, `module`) is left away if all tensors are in it.
final class StateDict {
  private static final int MOST_STEPS = 1 << 22;
  private static final int DEEPEST = 64;
  private static final Set<String> MODULE_PARTS = Set.of("", "_parameters", "_buffers", "_modules");
  private static final Set<String> WRAPPERS = Set.of("state_dict", "module");

  private final TorchVisitor visitor;
  private final String source;
  private final Map<String, TorchVisitor.Described> tensors = new LinkedHashMap<>();

  StateDict(TorchVisitor visitor, String source) {
    this.visitor = visitor;
    this.source = source;
  }

  private record Step(Value value, String path, int depth) {}

  /// The tensors below a value, by their names.
  ///
  /// @throws FormatException if there are too many ways to them, or they nest too deep
  Map<String, TorchVisitor.Described> of(Value root) throws FormatException {
    Deque<Step> steps = new ArrayDeque<>();
    steps.add(new Step(root, "", 0));
    int taken = 0;
    for (Step step = steps.poll(); step != null; step = steps.poll()) {
      if (++taken > MOST_STEPS || step.depth() > DEEPEST) {
        throw new FormatException.LimitExceeded(
            source + ": state", 0, "more than " + MOST_STEPS + " members or " + DEEPEST + " deep");
      }
      if (step.value() instanceof Instance instance
          && instance.meaning() instanceof TorchVisitor.Described described) {
        name(step.path(), described);
      } else if (step.value() instanceof Value.Tuple tuple) {
        for (int i = 0; i < tuple.elements().size(); i++) {
          steps.add(
              new Step(tuple.elements().get(i), below(step.path(), "" + i), step.depth() + 1));
        }
      } else {
        below(step, steps);
      }
    }
    return unwrapped();
  }

  private void name(String path, TorchVisitor.Described tensor) throws FormatException {
    TorchVisitor.Described other = tensors.put(path, tensor);
    if (other != null && !other.equals(tensor)) {
      throw new FormatException.Malformed(
          source + ": tensor \"" + Printable.of(path, 120) + "\"", 0, "stands for two tensors");
    }
  }

  private void below(Step step, Deque<Step> steps) {
    Members members = visitor.members(step.value());
    if (members == null) {
      return;
    }
    // The last value of a key counts.
    Map<String, Value> last = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      last.put(members.key(i), members.value(i));
    }
    last.forEach(
        (key, value) -> {
          String path = MODULE_PARTS.contains(key) ? step.path() : below(step.path(), key);
          steps.add(new Step(value, path, step.depth() + 1));
        });
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Map<String, TorchVisitor.Described> unwrapped() {
    Map<String, TorchVisitor.Described> names = tensors;
    for (int depth = 0; depth < 3 && !names.isEmpty(); depth++) {
      String first = names.keySet().iterator().next();
      int dot = first.indexOf('.');
      String wrapper = dot < 0 ? "" : first.substring(0, dot);
      if (!WRAPPERS.contains(wrapper)
          || !names.keySet().stream().allMatch(name -> name.startsWith(wrapper + "."))) {
        break;
      }
      Map<String, TorchVisitor.Described> shorter = new LinkedHashMap<>();
      names.forEach((name, tensor) -> shorter.put(name.substring(dot + 1), tensor));
      names = shorter;
    }
    return names;
  }
}
