package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the messages that make an object a dataset: its dimensions, the type of its elements,
/// and where they lie.
final class DatasetReader {
  private static final int MOST_DIMENSIONS = 32;
  private static final int NULL_SPACE = 2;

  private final Hdf5File file;
  private final ByteCursor cursor;
  private final String path;
  private @Nullable Shape shape;
  private Hdf5Dataset.@Nullable Type type;
  private Hdf5Dataset.@Nullable Storage storage;
  private long offset;
  private long size;
  private long tree = -1;
  private @Nullable Shape chunk;
  private final List<Integer> filters = new ArrayList<>();

  DatasetReader(Hdf5File file, String path) {
    this.file = file;
    this.cursor = file.cursor();
    this.path = path;
  }

  /// Tells of the dataset, if the object was one.
  void tell(Hdf5Listener listener) throws IOException, FormatException {
    if (storage == null || !listener.hearsDatasets()) {
      return;
    }
    if (shape == null || type == null) {
      throw cursor.malformed("dataset " + path, "lacks its dimensions or its type");
    }
    listener.dataset(
        new Hdf5Dataset(path, type, shape, storage, offset, size, chunks(shape, type)));
  }

  private @Nullable Hdf5Chunks chunks(Shape whole, Hdf5Dataset.Type of)
      throws IOException, FormatException {
    Shape one = chunk;
    if (one == null) {
      return null;
    }
    String field = "chunks of " + path;
    int rank = one.rank() - 1;
    if (rank != whole.rank() || one.dimension(rank) != of.bytes()) {
      throw cursor.malformed(field, "are " + one + " of " + whole + " and a size");
    }
    long[] sizes = new long[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = one.dimension(i);
      if (sizes[i] == 0) {
        throw cursor.malformed(field, "are empty");
      }
    }
    Shape box = Shape.of(sizes);
    return new Hdf5Chunks(box, filters, new ChunkTree(file, whole, box).read(tree));
  }

  /// One that elements went through when they were written (IV.A.2.l).
  void filter(int number) {
    filters.add(number);
  }

  /// The dataspace message (IV.A.2.b).
  void space() throws IOException, FormatException {
    String field = "dimensions of " + path;
    int version = cursor.u8(field);
    int rank = cursor.u8(field);
    cursor.skip(field, 1);
    if (version == 1) {
      cursor.skip(field, 5);
    } else if (version != 2) {
      throw cursor.malformed(field, "have version " + version);
    } else if (cursor.u8(field) == NULL_SPACE) {
      shape = Shape.of(0);
      return;
    }
    if (rank > MOST_DIMENSIONS) {
      throw cursor.malformed(field, "are " + rank);
    }
    long[] dimensions = new long[rank];
    for (int i = 0; i < rank; i++) {
      dimensions[i] = file.length(field);
      if (dimensions[i] < 0) {
        throw cursor.malformed(field, "include " + Long.toUnsignedString(dimensions[i]));
      }
    }
    shape = Shape.of(dimensions);
  }

  /// The datatype message (IV.A.2.d): classes 0 and 1 are numbers.
  void type() throws IOException, FormatException {
    String field = "type of " + path;
    int kind = cursor.u8(field) & 15;
    int flags = cursor.u8(field);
    cursor.skip(field, 2);
    long bytes = cursor.u32(field);
    boolean bigEndian = (flags & 1) != 0;
    Hdf5Dataset.Kind known = Hdf5Dataset.Kind.OTHER;
    if (kind < 2) {
      boolean isWhole = cursor.u16(field) == 0 && cursor.u16(field) == 8 * bytes;
      if (isWhole && kind == 0) {
        known = (flags & 8) != 0 ? Hdf5Dataset.Kind.SIGNED : Hdf5Dataset.Kind.UNSIGNED;
      } else if (isWhole && (flags & 0x40) == 0) {
        known = fraction(field, bytes, cursor.u8(field), cursor.u8(field));
      }
    }
    type = new Hdf5Dataset.Type(known, bytes, bigEndian);
  }

  private Hdf5Dataset.Kind fraction(String field, long bytes, int exponentAt, int exponentBits)
      throws IOException, FormatException {
    int mantissaAt = cursor.u8(field);
    int mantissaBits = cursor.u8(field);
    long bias = cursor.u32(field);
    boolean isPlain =
        mantissaAt == 0
            && exponentAt == mantissaBits
            && mantissaBits + exponentBits + 1 == 8 * bytes
            && exponentBits > 1
            && bias == (1L << (exponentBits - 1)) - 1;
    int ieee = bytes == 2 ? 5 : bytes == 4 ? 8 : bytes == 8 ? 11 : 0;
    if (!isPlain || (exponentBits != ieee && !(bytes == 2 && exponentBits == 8))) {
      return Hdf5Dataset.Kind.OTHER;
    }
    return exponentBits == ieee ? Hdf5Dataset.Kind.FLOAT : Hdf5Dataset.Kind.BF16;
  }

  /// The layout message (IV.A.2.i). Data in one piece must be in the file.
  ///
  /// @param isHeard whether it matters where they are otherwise
  void layout(boolean isHeard) throws IOException, FormatException {
    String field = "layout of " + path;
    int version = cursor.u8(field);
    if (version != 3 && version != 4) {
      storage = Hdf5Dataset.Storage.OTHER;
      return;
    }
    switch (cursor.u8(field)) {
      case 0 -> {
        if (!isHeard) {
          return;
        }
        size = cursor.u16(field);
        offset = cursor.position();
        cursor.skip(field, size);
        storage = Hdf5Dataset.Storage.PIECE;
      }
      case 1 -> {
        long address = file.address(field);
        size = file.length(field);
        if (file.isUndefined(address)) {
          storage = Hdf5Dataset.Storage.NOWHERE;
        } else {
          offset = file.place(field, address, size);
          storage = Hdf5Dataset.Storage.PIECE;
        }
      }
      case 2 -> {
        storage = Hdf5Dataset.Storage.CHUNKS;
        if (isHeard && version == 3) {
          chunked(field);
        }
      }
      default -> storage = Hdf5Dataset.Storage.OTHER;
    }
  }

  /// Chunks that a B-tree lists; later versions list them in other ways.
  private void chunked(String field) throws IOException, FormatException {
    int rank = cursor.u8(field); // with the size of an element
    tree = file.address(field);
    if (rank < 2 || rank > MOST_DIMENSIONS + 1) {
      throw cursor.malformed(field, "has chunks of " + (rank - 1) + " dimensions");
    }
    long[] sizes = new long[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = cursor.u32(field);
    }
    if (file.isUndefined(tree)) {
      storage = Hdf5Dataset.Storage.NOWHERE;
    } else {
      chunk = Shape.of(sizes);
    }
  }
}
