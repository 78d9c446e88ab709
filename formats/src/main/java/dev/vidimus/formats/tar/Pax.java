package dev.vidimus.formats.tar;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Records of a pax extended header: `LENGTH KEY=VALUE\n`, where the length counts itself.
final class Pax {
  /// Offsets and lengths of the old sparse format 0.0 come as repeated keys.
  private static final String SPARSE_OFFSET = "GNU.sparse.offset";

  private static final String SPARSE_LENGTH = "GNU.sparse.numbytes";

  private final Map<String, String> values = new HashMap<>();
  private final List<String> sparse = new ArrayList<>(0);

  String get(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /// Alternating offsets and lengths as they came.
  List<String> sparse() {
    return sparse;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  void put(String key, String value) {
    values.put(key, value);
  }

  void putAll(Pax other) {
    values.putAll(other.values);
  }

  /// Adds the records of a header.
  ///
  /// @param in stands behind the header, for errors
  void read(ByteCursor in, byte[] data) throws FormatException {
    int at = 0;
    while (at < data.length && data[at] != 0) {
      int space = at;
      int length = 0;
      while (space < data.length && data[space] >= '0' && data[space] <= '9') {
        length = Math.min(length * 10 + data[space++] - '0', 1 << 24);
      }
      int end = at + length;
      if (space == at
          || space >= data.length
          || data[space] != ' '
          || end > data.length
          || end <= space + 1
          || data[end - 1] != '\n') {
        throw in.malformed("pax record", "has no valid length");
      }
      int equals = space + 1;
      while (equals < end && data[equals] != '=') {
        equals++;
      }
      if (equals == end) {
        throw in.malformed("pax record", "has no =");
      }
      String key = Block.decoded(data, space + 1, equals - space - 1);
      String value = Block.decoded(data, equals + 1, end - equals - 2);
      values.put(key, value);
      if (key.equals(SPARSE_OFFSET) || key.equals(SPARSE_LENGTH)) {
        sparse.add(value);
      }
      at = end;
    }
  }
}
