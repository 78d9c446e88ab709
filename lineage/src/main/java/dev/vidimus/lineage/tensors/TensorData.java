package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

/// The bytes of a tensor: elements row-major, numbers little-endian, whatever way they are stored.
public sealed interface TensorData {
  /// How many there are.
  long size();

  /// Some of them: a part of the mapping where they lie there as they are, otherwise a copy in the
  /// window, which the next call with the same window overwrites.
  ///
  /// @param offset first byte, of which a view asks that it begins an element
  MemorySegment part(long offset, int length, Window window) throws IOException;

  /// Room for a copy; one for each thread.
  final class Window {
    private byte[] room = {};

    byte[] room(int length) {
      if (room.length < length) {
        room = new byte[length];
      }
      return room;
    }
  }

  /// They lie in one piece in mapped memory, or in an array.
  record Whole(MemorySegment segment) implements TensorData {
    @Override
    public long size() {
      return segment.byteSize();
    }

    @Override
    public MemorySegment part(long offset, int length, Window window) {
      return segment.asSlice(offset, length);
    }
  }

  /// They lie in one piece somewhere else, such as a member that was inflated.
  record Spooled(Bytes bytes) implements TensorData {
    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public MemorySegment part(long offset, int length, Window window) throws IOException {
      byte[] room = window.room(length);
      bytes.read(offset, room, 0, length);
      return MemorySegment.ofArray(room).asSlice(0, length);
    }
  }

  /// They lie in several pieces of mapped memory, one after the other.
  final class Pieces implements TensorData {
    private final List<MemorySegment> pieces;
    private final long[] starts;

    Pieces(List<MemorySegment> pieces) {
      this.pieces = List.copyOf(pieces);
      this.starts = new long[pieces.size() + 1];
      for (int i = 0; i < pieces.size(); i++) {
        starts[i + 1] = Math.addExact(starts[i], pieces.get(i).byteSize());
      }
    }

    @Override
    public long size() {
      return starts[pieces.size()];
    }

    @Override
    public MemorySegment part(long offset, int length, Window window) {
      Objects.checkFromIndexSize(offset, length, size());
      int piece = piece(offset);
      if (length == 0 || offset + length <= starts[piece + 1]) {
        return length == 0
            ? MemorySegment.ofArray(window.room(0)).asSlice(0, 0)
            : pieces.get(piece).asSlice(offset - starts[piece], length);
      }
      byte[] room = window.room(length);
      for (int done = 0; done < length; piece++) {
        long from = offset + done - starts[piece];
        int some = (int) Math.min(length - done, pieces.get(piece).byteSize() - from);
        MemorySegment.copy(pieces.get(piece), ValueLayout.JAVA_BYTE, from, room, done, some);
        done += some;
      }
      return MemorySegment.ofArray(room).asSlice(0, length);
    }

    /// The last piece that begins at or before a byte: not an empty one, if a byte is there.
    private int piece(long offset) {
      int low = 0;
      int high = pieces.size() - 1;
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (starts[middle] <= offset) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }
  }

  /// They are picked out of a storage: a view that is transposed, expanded or sliced, or numbers
  /// in the other byte order.
  final class View implements TensorData {
    private final TensorData storage;
    private final int width;
    private final long first;
    private final long[] dimensions;
    private final long[] strides;
    private final boolean swaps;
    private final long size;

    /// @param width bytes of an element
    /// @param first the element that the view begins with
    /// @param dimensions sizes, the outermost first; their product times the width fits a long
    /// @param strides in elements; every element is inside the storage
    /// @param swaps whether the bytes of an element stand the other way around
    View(
        TensorData storage,
        int width,
        long first,
        long[] dimensions,
        long[] strides,
        boolean swaps) {
      this.storage = storage;
      this.width = width;
      this.first = first;
      this.dimensions = dimensions.clone();
      this.strides = strides.clone();
      this.swaps = swaps;
      long product = width;
      for (long dimension : dimensions) {
        product = Math.multiplyExact(product, dimension);
      }
      this.size = product;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public MemorySegment part(long offset, int length, Window window) throws IOException {
      Objects.checkFromIndexSize(offset, length, size);
      if (offset % width != 0 || length % width != 0) {
        throw new IllegalArgumentException("no whole elements: " + length + " bytes at " + offset);
      }
      byte[] into = window.room(length);
      gather(offset / width, length / width, into);
      return MemorySegment.ofArray(into).asSlice(0, length);
    }

    private void gather(long element, int count, byte[] into) throws IOException {
      int rank = dimensions.length;
      long[] index = new long[rank];
      long rest = element;
      long at = first;
      for (int i = rank - 1; i >= 0; i--) {
        index[i] = rest % dimensions[i];
        rest /= dimensions[i];
        at += index[i] * strides[i];
      }
      Source source = new Source(storage);
      for (int n = 0; n < count; n++) {
        source.copy(at * width, into, n * width, width);
        if (swaps) {
          reverse(into, n * width, width);
        }
        for (int i = rank - 1; i >= 0; i--) {
          at += strides[i];
          if (++index[i] < dimensions[i]) {
            break;
          }
          at -= strides[i] * dimensions[i];
          index[i] = 0;
        }
      }
    }

    private static void reverse(byte[] bytes, int from, int length) {
      for (int i = from, j = from + length - 1; i < j; i++, j--) {
        byte swapped = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = swapped;
      }
    }
  }

  /// Reads elements here and there: straight from a mapping, otherwise through a piece that is
  /// kept.
  final class Source {
    private static final int PIECE = 1 << 16;

    private final TensorData data;
    private final Window window = new Window();
    private MemorySegment piece = MemorySegment.NULL;
    private long from;
    private long to;

    Source(TensorData data) {
      this.data = data;
      if (data instanceof Whole(MemorySegment segment)) {
        piece = segment;
        to = segment.byteSize();
      }
    }

    void copy(long offset, byte[] into, int at, int length) throws IOException {
      if (offset < from || offset + length > to) {
        from = offset / PIECE * PIECE;
        to = Math.min(from + 2 * PIECE, data.size());
        piece = data.part(from, (int) (to - from), window);
      }
      MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, offset - from, into, at, length);
    }
  }
}
