package dev.vidimus.formats.onnx;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.protobuf.ProtoReader;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects integers as long as they are few.
final class Numbers {
  /// More dimensions than any tensor has.
  static final int MOST = 64;

  private final long[] values = new long[MOST];
  private int count;
  private boolean tooMany;

  void add(long value) {
    if (count < MOST) {
      values[count++] = value;
    } else {
      tooMany = true;
    }
  }

  /// Adds the elements of a packed field, unless they are many.
  void addPacked(ProtoReader proto, String field) throws IOException, FormatException {
    if (proto.length() > (long) MOST * Long.BYTES) {
      tooMany = true;
      return;
    }
    proto.enter(field);
    while (proto.element(field)) {
      add(proto.value());
    }
    proto.leave();
  }

  int count() {
    return count;
  }

  boolean isTooMany() {
    return tooMany;
  }

  /// The integers, or null if they were too many.
  @Nullable Shape shape() {
    return tooMany ? null : Shape.of(Arrays.copyOf(values, count));
  }
}
