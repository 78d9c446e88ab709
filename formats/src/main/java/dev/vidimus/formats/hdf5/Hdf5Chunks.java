package dev.vidimus.formats.hdf5;

import dev.vidimus.formats.tensor.Shape;
import java.util.List;

/// A dataset cut into boxes of one shape, of which those at the upper ends reach beyond it.
///
/// @param shape of a box, of as many dimensions as the dataset
/// @param filters numbers of what the bytes of a box went through when they were written, in order
/// @param all those that the file has
public record Hdf5Chunks(Shape shape, List<Integer> filters, List<Chunk> all) {
  /// The library's number of zlib.
  public static final int DEFLATE = 1;

  /// The library's number of putting first all first bytes of the elements, then all second ones.
  public static final int SHUFFLE = 2;

  public Hdf5Chunks {
    filters = List.copyOf(filters);
    all = List.copyOf(all);
  }

  /// One box.
  ///
  /// @param index of the box, counted through all boxes in row-major order
  /// @param offset where its bytes begin in the file
  /// @param size bytes in the file
  /// @param skipped a bit for each filter that these bytes did not go through, the first the lowest
  public record Chunk(int index, long offset, long size, long skipped) {}
}
