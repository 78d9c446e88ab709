package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.gguf.GgufFile;
import dev.vidimus.formats.gguf.GgufReader;
import dev.vidimus.formats.gguf.GgufTensor;
import dev.vidimus.formats.gguf.GgufValue;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tensors of a GGUF file, and its metadata. The dimensions are turned around, because the file
/// has the innermost first.
final class GgufSource {
  private static final int LONGEST_TEXT = 4096;

  private GgufSource() {}

  static void read(MappedFile file, String name, TensorTable table, Map<String, Object> metadata)
      throws IOException, FormatException {
    GgufFile header = GgufReader.read(file, name, value -> {});
    if (header.order() != ByteOrder.LITTLE_ENDIAN) {
      throw new FormatException.Unsupported(name, 4, "big-endian tensors");
    }
    for (GgufValue value : header.metadata()) {
      take(file, value, metadata);
    }
    for (GgufTensor tensor : header.tensors()) {
      table.add(
          new Tensor(
              tensor.name(),
              TensorType.of(tensor.type()),
              reversed(tensor.shape()),
              new TensorData.Whole(file.segment().asSlice(tensor.offset(), tensor.size())),
              name));
    }
  }

  private static Shape reversed(Shape shape) {
    long[] dimensions = new long[shape.rank()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(dimensions.length - 1 - i);
    }
    return Shape.of(dimensions);
  }

  /// Keeps texts as [String], whole numbers as [Long], others as [Double], small arrays of whole
  /// numbers as a [List] of [Long].
  private static void take(MappedFile file, GgufValue value, Map<String, Object> metadata)
      throws IOException {
    switch (value.type()) {
      case STRING -> metadata.put(value.key(), value.text(file, LONGEST_TEXT));
      case ARRAY -> {
        int width = width(value);
        if (width > 0 && value.count() <= 4096) {
          List<Long> numbers = new ArrayList<>();
          for (int i = 0; i < value.count(); i++) {
            numbers.add(number(file, value.offset() + (long) i * width, width));
          }
          metadata.put(value.key(), numbers);
        }
      }
      case FLOAT32 ->
          metadata.put(
              value.key(), (double) Float.intBitsToFloat((int) number(file, value.offset(), 4)));
      case FLOAT64 ->
          metadata.put(value.key(), Double.longBitsToDouble(number(file, value.offset(), 8)));
      default -> metadata.put(value.key(), number(file, value.offset(), (int) value.size()));
    }
  }

  private static int width(GgufValue value) {
    return switch (value.element()) {
      case UINT8, INT8, BOOL -> 1;
      case UINT16, INT16 -> 2;
      case UINT32, INT32 -> 4;
      case UINT64, INT64 -> 8;
      case STRING, ARRAY, FLOAT32, FLOAT64 -> 0;
    };
  }

  private static long number(MappedFile file, long offset, int width) throws IOException {
    byte[] bytes = file.array(offset, width);
    long number = 0;
    for (int i = width - 1; i >= 0; i--) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }
}
