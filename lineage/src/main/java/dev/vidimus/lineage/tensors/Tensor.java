package dev.vidimus.lineage.tensors;

import dev.vidimus.formats.tensor.Shape;

/// A tensor of a model.
///
/// @param name as the container has it
/// @param type how its elements are stored
/// @param shape the outermost dimension first, in every container
/// @param data its bytes
/// @param file the file that holds it, relative to the model's folder
public record Tensor(String name, TensorType type, Shape shape, TensorData data, String file) {
  /// Number of elements.
  public long elements() {
    return shape.elements();
  }

  /// Whether it has two dimensions or more: a matrix, or a stack of some.
  public boolean isMatrix() {
    return shape.rank() >= 2;
  }

  /// Elements of a row, which is the innermost dimension; 1 for a single number.
  public long columns() {
    return shape.rank() == 0 ? 1 : shape.dimension(shape.rank() - 1);
  }

  /// Number of rows: the product of all dimensions but the innermost.
  public long rows() {
    long columns = columns();
    return columns == 0 ? 0 : elements() / columns;
  }
}
