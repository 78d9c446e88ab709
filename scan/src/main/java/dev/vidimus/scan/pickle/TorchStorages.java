package dev.vidimus.scan.pickle;

import dev.vidimus.formats.pickle.Traits;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Reference;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The storages that a torch stream refers to by persistent ids
/// `('storage', torch.FloatStorage, key, location, numel[, view])`.
final class TorchStorages {
  private static final int MOST = 1_000_000;
  private static final Map<String, Integer> ELEMENT_SIZES =
      Map.ofEntries(
          Map.entry("DoubleStorage", 8),
          Map.entry("FloatStorage", 4),
          Map.entry("HalfStorage", 2),
          Map.entry("BFloat16Storage", 2),
          Map.entry("LongStorage", 8),
          Map.entry("IntStorage", 4),
          Map.entry("ShortStorage", 2),
          Map.entry("CharStorage", 1),
          Map.entry("ByteStorage", 1),
          Map.entry("BoolStorage", 1),
          Map.entry("ComplexDoubleStorage", 16),
          Map.entry("ComplexFloatStorage", 8),
          Map.entry("QUInt8Storage", 1),
          Map.entry("QInt8Storage", 1),
          Map.entry("QInt32Storage", 4),
          Map.entry("QUInt4x2Storage", 1),
          Map.entry("QUInt2x4Storage", 1),
          Map.entry("UntypedStorage", 1));

  private final Map<String, Long> sizes = new HashMap<>();
  private boolean isComplete = true;

  /// Recognises the id of a storage and remembers its size.
  ///
  /// @return whether the id has exactly the form that torch gives it
  boolean accept(Value id) throws IOException {
    if (!(id instanceof Value.Tuple tuple) || tuple.elements().size() < 5) {
      return false;
    }
    List<Value> parts = tuple.elements();
    if (!(parts.get(0) instanceof Value.Data kind)
        || !"storage".equals(kind.text(16))
        || !(parts.get(1) instanceof Reference type)
        || !(type.meaning() instanceof Meaning.Known(AllowEntry entry))
        || entry.kind() != AllowEntry.Kind.CLASS
        || !entry.path().endsWith("Storage")) {
      return false;
    }
    for (int i = 2; i < parts.size(); i++) {
      if (parts.get(i).traits() != Traits.NONE) {
        return false;
      }
    }
    remember(entry.path(), parts.get(2), parts.get(4));
    return true;
  }

  private void remember(String type, Value key, Value count) throws IOException {
    String name = key instanceof Value.Data data ? data.text(256) : null;
    Integer size = ELEMENT_SIZES.get(type.substring(type.lastIndexOf('.') + 1));
    if (name == null
        || size == null
        || !(count instanceof Value.Data number)
        || number.kind() != Value.Kind.INT
        || sizes.size() >= MOST) {
      isComplete = false;
      return;
    }
    sizes.put(name, Math.multiplyFull(1, size) * Math.max(0, number.number()));
  }

  /// Bytes that a legacy checkpoint holds behind its streams: for each storage the number of its
  /// elements (8 bytes) and the elements; -1 if a storage's size could not be told.
  long legacyBytes() {
    if (!isComplete) {
      return -1;
    }
    long total = 0;
    for (long size : sizes.values()) {
      total += Long.BYTES + size;
    }
    return total;
  }
}
