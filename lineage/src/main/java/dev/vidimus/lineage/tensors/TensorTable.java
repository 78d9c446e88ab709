package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/// Collects the tensors of a model: each name once, each shape one that fits its bytes.
final class TensorTable {
  private static final int MOST = 1 << 22;
  private static final int PRINTED = 120;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /// Adds a tensor.
  ///
  /// @throws FormatException.Malformed if the name is taken, or bytes are missing or left over
  void add(Tensor tensor) throws FormatException {
    String where = tensor.file() + ": tensor \"" + Printable.of(tensor.name(), PRINTED) + "\"";
    long expected = bytes(tensor.type(), tensor.shape(), where);
    if (expected != tensor.data().size()) {
      throw new FormatException.Malformed(
          where,
          0,
          tensor.type().word()
              + " "
              + tensor.shape()
              + " needs "
              + expected
              + " bytes, but has "
              + tensor.data().size());
    }
    if (tensors.size() == MOST) {
      throw new FormatException.LimitExceeded(where, 0, "more than " + MOST + " tensors");
    }
    Tensor other = tensors.putIfAbsent(tensor.name(), tensor);
    if (other != null) {
      throw new FormatException.Malformed(where, 0, "is also in " + other.file());
    }
  }

  /// Bytes of a tensor.
  ///
  /// @throws FormatException.Malformed if that overflows, or blocks would not be whole
  static long bytes(TensorType type, Shape shape, String where) throws FormatException {
    try {
      long elements = shape.elements();
      if (elements < 0 || elements % type.blockElements() != 0) {
        throw new FormatException.Malformed(
            where, 0, shape + " is no whole number of blocks of " + type.word());
      }
      return Math.multiplyExact(elements / type.blockElements(), type.blockBytes());
    } catch (ArithmeticException e) {
      throw new FormatException.Malformed(where, 0, "shape " + shape + " overflows");
    }
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }
}
