package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The B-tree that lists the chunks of a dataset (section III.A.1, node type 1).
final class ChunkTree {
  private static final int MOST = 1 << 20;
  private static final String FIELD = "B-tree of chunks";

  private final Hdf5File file;
  private final ByteCursor cursor;
  private final Shape shape;
  private final Shape chunk;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final List<Hdf5Chunks.Chunk> chunks = new ArrayList<>();

  /// @param shape of the dataset
  /// @param chunk the shape of its chunks, of as many dimensions, none of them 0
  ChunkTree(Hdf5File file, Shape shape, Shape chunk) {
    this.file = file;
    this.cursor = file.cursor();
    this.shape = shape;
    this.chunk = chunk;
  }

  /// @throws FormatException.LimitExceeded if the dataset has more chunks than are worth listing
  List<Hdf5Chunks.Chunk> read(long address) throws IOException, FormatException {
    requireFew();
    add(address);
    for (Long node = waiting.poll(); node != null; node = waiting.poll()) {
      node(node);
    }
    return chunks;
  }

  private void requireFew() throws FormatException {
    long boxes = 1;
    for (int i = 0; i < shape.rank(); i++) {
      long along = boxes(i);
      if (along > MOST || boxes * along > MOST) { // both factors have 21 bits at most
        throw new FormatException.LimitExceeded(
            cursor.where(FIELD), cursor.position(), "more than " + MOST + " chunks");
      }
      boxes *= along;
    }
  }

  /// How many chunks lie one after the other along a dimension.
  private long boxes(int dimension) {
    long size = shape.dimension(dimension);
    return size == 0 ? 0 : (size - 1) / chunk.dimension(dimension) + 1;
  }

  private void add(long address) throws FormatException {
    if (!seen.add(address)) {
      throw cursor.malformed(FIELD, "has one node twice");
    }
    if (seen.size() > MOST) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "more than " + MOST + " nodes");
    }
    waiting.add(address);
  }

  private void node(long address) throws IOException, FormatException {
    file.seek(FIELD, address, 8);
    file.signature(FIELD, "TREE");
    int type = cursor.u8(FIELD);
    if (type != 1) {
      throw cursor.malformed(FIELD, "is of type " + type + ", not one of chunks");
    }
    boolean isLeaf = cursor.u8(FIELD) == 0;
    int entries = cursor.u16(FIELD);
    file.charge(FIELD, 24L + entries * (8L * shape.rank() + 24));
    file.address(FIELD); // left
    file.address(FIELD); // right
    for (int i = 0; i < entries; i++) {
      long size = cursor.u32(FIELD);
      long skipped = cursor.u32(FIELD);
      int index = index(isLeaf);
      long child = file.address(FIELD);
      if (isLeaf) {
        if (chunks.size() == MOST) {
          throw cursor.malformed(FIELD, "lists chunks more than once");
        }
        chunks.add(new Hdf5Chunks.Chunk(index, file.place(FIELD, child, size), size, skipped));
      } else {
        add(child);
      }
    }
  }

  /// Which chunk begins at the element that a key names; nobody asks for those of inner nodes.
  private int index(boolean isLeaf) throws IOException, FormatException {
    long index = 0;
    for (int i = 0; i < shape.rank(); i++) {
      long first = cursor.i64(FIELD);
      long size = chunk.dimension(i);
      if (isLeaf && (first < 0 || first >= shape.dimension(i) || first % size != 0)) {
        throw cursor.malformed(
            FIELD, "has a chunk that begins at " + Long.toUnsignedString(first) + " of " + shape);
      }
      index = index * boxes(i) + first / size;
    }
    cursor.skip(FIELD, 8); // within an element
    return (int) index;
  }
}
