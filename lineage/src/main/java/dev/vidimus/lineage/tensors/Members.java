package dev.vidimus.lineage.tensors;

import dev.vidimus.formats.pickle.Value;
import java.util.ArrayList;
import java.util.List;

/// What was put into a dictionary, a list or an object of a pickle: keys (positions for lists) and
/// values.
final class Members {
  private final List<String> keys = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();

  /// Adds one; a key that is given again stands for its last value, as in Python.
  void add(String key, Value value) {
    keys.add(key);
    values.add(value);
  }

  void add(Value value) {
    add(Integer.toString(keys.size()), value);
  }

  int size() {
    return keys.size();
  }

  String key(int index) {
    return keys.get(index);
  }

  Value value(int index) {
    return values.get(index);
  }
}
