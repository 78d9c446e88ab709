package dev.vidimus.formats.numpy;

import dev.vidimus.formats.tensor.Shape;
import java.util.List;

/// A `numpy.dtype`.
public sealed interface NumpyType {
  /// Size of one element in bytes.
  ///
  /// @throws ArithmeticException if it does not fit 64 bits
  long itemSize();

  /// True if an element is, or somewhere contains, a reference to a Python object. Arrays of such
  /// elements are stored as a pickle.
  boolean hasObjects();

  /// A type without parts.
  ///
  /// @param kind `b` bool, `i` signed, `u` unsigned, `f` float, `c` complex, `m` and `M` time, `S`
  ///     bytes, `U` text, `V` raw, `O` object
  /// @param bigEndian whether its bytes stand in that order
  /// @param itemSize in bytes; 0 for objects, which are not stored as such
  record Scalar(char kind, boolean bigEndian, long itemSize) implements NumpyType {
    @Override
    public boolean hasObjects() {
      return kind == 'O';
    }
  }

  /// A record of named fields, one after the other.
  record Structured(List<Field> fields) implements NumpyType {
    public Structured {
      fields = List.copyOf(fields);
    }

    @Override
    public long itemSize() {
      long size = 0;
      for (Field field : fields) {
        size = Math.addExact(size, field.type.itemSize());
      }
      return size;
    }

    @Override
    public boolean hasObjects() {
      for (Field field : fields) {
        if (field.type.hasObjects()) {
          return true;
        }
      }
      return false;
    }
  }

  /// A field of a record; fields without a name are padding.
  record Field(String name, NumpyType type) {}

  /// An array inside an element.
  record SubArray(NumpyType element, Shape shape) implements NumpyType {
    @Override
    public long itemSize() {
      long elements = shape.elements();
      long size = Shape.multiplied(elements, element.itemSize());
      if (size < 0) {
        throw new ArithmeticException(Long.toUnsignedString(size) + " bytes");
      }
      return size;
    }

    @Override
    public boolean hasObjects() {
      return element.hasObjects();
    }
  }
}
