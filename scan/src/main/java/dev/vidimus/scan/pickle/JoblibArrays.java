package dev.vidimus.scan.pickle;

import dev.vidimus.formats.pickle.PickleVisitor.Following;
import dev.vidimus.formats.pickle.Traits;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Container;
import dev.vidimus.formats.pickle.Value.Instance;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// joblib's arrays: after the `BUILD` of a `NumpyArrayWrapper` joblib reads the array's bytes from
/// the file, where plain `pickle.load` would read opcodes. Both readings are examined; this says
/// which one is under way.
///
/// Source: `joblib/numpy_pickle.py`, `NumpyArrayWrapper.read_array`, versions 0.10 to 1.5.
final class JoblibArrays {
  private final boolean asJoblib;
  private boolean seen;
  private boolean pending;

  /// @param asJoblib whether to skip the arrays, as joblib does
  JoblibArrays(boolean asJoblib) {
    this.asJoblib = asJoblib;
  }

  /// Whether the stream had such an array, so that the two readings differ.
  boolean seen() {
    return seen;
  }

  /// Whether an array's description is being read, so that dictionaries must keep their entries.
  boolean pending() {
    return pending;
  }

  /// A wrapper was made; its state comes next.
  void begin() {
    seen = true;
    pending = asJoblib;
  }

  /// What joblib reads after the wrapper's `BUILD`; null if the description cannot be read.
  @Nullable Following following(Value state) throws IOException {
    pending = false;
    if (!asJoblib) {
      return Following.OPCODES;
    }
    if (!(state instanceof Container dict)) {
      return null;
    }
    Value dtype = entry(dict, "dtype");
    if (!(dtype instanceof Instance instance)) {
      return null;
    }
    if (Traits.any(instance.traits(), Traits.OBJECT_DTYPE)) {
      return new Following.Stream();
    }
    long count = product(entry(dict, "shape"));
    if (!(instance.meaning() instanceof Meaning.Dtype(long itemSize))
        || itemSize < 0
        || count < 0) {
      return null;
    }
    Value alignment = entry(dict, "numpy_array_alignment_bytes");
    boolean isPadded = alignment instanceof Value.Data data && data.kind() == Value.Kind.INT;
    return new Following.RawArray(isPadded, saturatingProduct(count, itemSize));
  }

  private static @Nullable Value entry(Container dict, String wanted) throws IOException {
    List<Value> entries = dict.entries();
    for (int i = 0; i < entries.size(); i += 2) {
      if (entries.get(i) instanceof Value.Data key && wanted.equals(key.text(64))) {
        return entries.get(i + 1);
      }
    }
    return null;
  }

  private static long product(@Nullable Value shape) {
    if (!(shape instanceof Value.Tuple tuple)
        || (tuple.elements().isEmpty() && tuple.weight() > 1)) {
      return -1;
    }
    long product = 1;
    for (Value dimension : tuple.elements()) {
      if (!(dimension instanceof Value.Data data)
          || data.kind() != Value.Kind.INT
          || data.number() < 0) {
        return -1;
      }
      product = saturatingProduct(product, data.number());
    }
    return product;
  }

  private static long saturatingProduct(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return high != 0 || low < 0 ? Long.MAX_VALUE : low;
  }
}
