package dev.vidimus.formats.numpy;

import dev.vidimus.formats.tensor.Shape;

/// An array as its header declares it.
///
/// @param type type of the elements
/// @param fortranOrder whether the first index varies fastest
/// @param shape its dimensions
/// @param offset first byte after the header, from the start of the file
/// @param size of the data in bytes; -1 if they are a pickle, which says itself where it ends
public record NpyArray(NumpyType type, boolean fortranOrder, Shape shape, long offset, long size) {
  /// True if the data are a pickle instead of numbers.
  public boolean isPickled() {
    return size < 0;
  }

  /// First byte after the data.
  ///
  /// @throws IllegalStateException if they are a pickle
  public long end() {
    if (isPickled()) {
      throw new IllegalStateException("the end of a pickle is not declared");
    }
    return offset + size;
  }
}
