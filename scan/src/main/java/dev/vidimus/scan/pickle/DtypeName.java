package dev.vidimus.scan.pickle;

import dev.vidimus.formats.pickle.Value;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The name that a pickled numpy dtype is made of: a kind and a size, such as `f8`, `U10`, `V16`.
final class DtypeName {
  private static final int BYTES_PER_CHARACTER = 4;

  private DtypeName() {}

  /// The first argument of `numpy.dtype`, or null if it is no text.
  static @Nullable String of(Value arguments) throws IOException {
    return arguments instanceof Value.Tuple tuple
            && !tuple.elements().isEmpty()
            && tuple.elements().getFirst() instanceof Value.Data name
        ? name.text(32)
        : null;
  }

  /// Bytes of one element, or -1 if the name does not tell.
  static long itemSize(@Nullable String name) {
    if (name == null) {
      return -1;
    }
    int start = !name.isEmpty() && "<>|=".indexOf(name.charAt(0)) >= 0 ? 1 : 0;
    if (name.length() < start + 2 || name.length() > start + 11) {
      return -1;
    }
    long size = 0;
    for (int i = start + 1; i < name.length(); i++) {
      int digit = Character.digit(name.charAt(i), 10);
      if (digit < 0) {
        return -1;
      }
      size = 10 * size + digit;
    }
    return switch (name.charAt(start)) {
      case 'U' -> BYTES_PER_CHARACTER * size;
      case 'b', 'i', 'u', 'f', 'c', 'm', 'M', 'S', 'V', 'a' -> size;
      default -> -1;
    };
  }

  /// Whether elements are Python objects, or may be because the name does not tell.
  static boolean isObject(@Nullable String name) {
    return name == null || name.indexOf('O') >= 0;
  }
}
