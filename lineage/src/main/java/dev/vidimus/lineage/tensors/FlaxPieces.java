package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An array that `flax.serialization` wrote in pieces, because MessagePack holds no more than 2³²
/// bytes at once: its shape, and flat pieces of one type, both counted from 0 in order.
final class FlaxPieces {
  private static final int MOST_DIMENSIONS = 32;
  private static final int MOST_PIECES = 1 << 16;

  private final String name;
  private final long offset;
  private final List<Long> dimensions = new ArrayList<>();
  private final List<MemorySegment> pieces = new ArrayList<>();
  private boolean hasShape;
  private boolean hasPieces;
  private @Nullable TensorType type;

  /// @param name of the file in errors
  /// @param offset where the mark stands
  FlaxPieces(String name, long offset) {
    this.name = name;
    this.offset = offset;
  }

  /// Which of its two maps it is.
  enum Part {
    SHAPE,
    PIECES
  }

  /// One of the two maps begins.
  Part open(boolean isMap, String key) throws FormatException {
    boolean isShape = key.equals("shape") && !hasShape;
    boolean arePieces = key.equals("chunks") && !hasPieces;
    require(isMap && (isShape || arePieces));
    hasShape |= isShape;
    hasPieces |= arePieces;
    return isShape ? Part.SHAPE : Part.PIECES;
  }

  void dimension(String key, long value) throws FormatException {
    boolean isNext = key.equals(Integer.toString(dimensions.size()));
    require(isNext && value >= 0 && dimensions.size() < MOST_DIMENSIONS);
    dimensions.add(value);
  }

  void piece(@Nullable Part part, String key, TensorType of, Shape shape, MemorySegment bytes)
      throws FormatException {
    require(part == Part.PIECES && key.equals(Integer.toString(pieces.size())));
    require((type == null || type == of) && shape.rank() == 1);
    require(TensorTable.bytes(of, shape, name) == bytes.byteSize());
    if (pieces.size() == MOST_PIECES) {
      throw new FormatException.LimitExceeded(
          name, offset, "an array in more than " + MOST_PIECES + " pieces");
    }
    type = of;
    pieces.add(bytes);
  }

  /// Requires that every value of a map was one of what it holds.
  ///
  /// @param part which map, or null for the array itself
  void require(@Nullable Part part, long values) throws FormatException {
    switch (part) {
      case SHAPE -> require(dimensions.size() == values);
      case PIECES -> require(pieces.size() == values);
      case null -> require(values <= 3 && (hasShape ? 1 : 0) + (hasPieces ? 1 : 0) == values - 1);
    }
  }

  /// The whole array.
  Tensor tensor(String path) throws FormatException {
    TensorType found = type;
    if (!hasShape || found == null) {
      throw malformed();
    }
    Shape shape = Shape.of(dimensions.stream().mapToLong(Long::longValue).toArray());
    return new Tensor(path, found, shape, new TensorData.Pieces(pieces), name);
  }

  private void require(boolean holds) throws FormatException {
    if (!holds) {
      throw malformed();
    }
  }

  private FormatException malformed() {
    return new FormatException.Malformed(
        name, offset, "an array in pieces is not a mark, a shape and flat pieces of one type");
  }
}
