package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.formats.hdf5.Hdf5Chunks;
import dev.vidimus.formats.hdf5.Hdf5Dataset;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Lays the chunks of a dataset side by side, so that its elements are row-major. Memory: the
/// chunks that have the same outermost rows, within a bound; the whole goes into the spool, and
/// counts against the budget for inflated bytes, because many chunks may be one place of the file.
final class ChunkedDataset {
  private static final long MOST_BAND = 1 << 28;
  private static final int MOST_FILTERS = 32;

  private final Hdf5Dataset dataset;
  private final Hdf5Chunks chunks;
  private final Bytes file;
  private final String where;
  private final Budget budget;
  private final Spool spool;
  private final int width;
  private final int rank;
  private final long[] whole;
  private final long[] box;
  private final long[] boxes;
  private final int boxBytes;
  private final int rowBytes;

  /// @param where it is, for errors
  ChunkedDataset(
      Hdf5Dataset dataset, Hdf5Chunks chunks, Bytes file, String where, Budget budget, Spool spool)
      throws FormatException {
    this.dataset = dataset;
    this.chunks = chunks;
    this.file = file;
    this.where = where;
    this.budget = budget;
    this.spool = spool;
    this.width = (int) dataset.type().bytes();
    this.whole = sizes(dataset.shape());
    this.box = sizes(chunks.shape());
    this.rank = whole.length;
    this.boxes = new long[rank];
    long row = width;
    long boxSize = width;
    for (int i = rank - 1; i >= 0; i--) {
      boxes[i] = (whole[i] - 1) / box[i] + 1;
      row = i == 0 ? row : row * whole[i];
      boxSize *= box[i];
      // No product overflows: that of the whole has a size, and sides of boxes have 32 bits.
      if (row > MOST_BAND || boxSize > MOST_BAND || whole[i] > Integer.MAX_VALUE) {
        throw tooLarge();
      }
    }
    if (row * Math.min(whole[0], box[0]) > MOST_BAND) {
      throw tooLarge();
    }
    this.rowBytes = (int) row;
    this.boxBytes = (int) boxSize;
  }

  private static long[] sizes(Shape shape) {
    long[] sizes = new long[shape.rank()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape.dimension(i);
    }
    return sizes;
  }

  private FormatException tooLarge() {
    return new FormatException.LimitExceeded(
        where, 0, "chunks of " + chunks.shape() + " of " + dataset.shape() + " are too large");
  }

  /// The bytes of the dataset; the caller closes them.
  Bytes bytes() throws IOException, FormatException {
    Hdf5Chunks.Chunk[] all = all();
    long size = rowBytes * whole[0];
    budget.takeInflated(where, 0, size);
    int inBand = (int) (all.length / boxes[0]);
    try (Spool.Sink sink = spool.sink()) {
      for (int first = 0; first < all.length; first += inBand) {
        long from = first / inBand * box[0];
        byte[] band = new byte[(int) (Math.min(box[0], whole[0] - from) * rowBytes)];
        for (int i = first; i < first + inBand; i++) {
          place(all[i], band);
        }
        sink.write(band);
      }
      return sink.finish();
    }
  }

  /// The chunks in order. One that nobody wrote stands for fill values, which are not read here.
  private Hdf5Chunks.Chunk[] all() throws FormatException {
    long count = 1;
    for (long along : boxes) {
      count *= along; // which the reader of the tree bounds
    }
    Map<Integer, Hdf5Chunks.Chunk> found = new HashMap<>();
    for (Hdf5Chunks.Chunk chunk : chunks.all()) {
      if (found.put(chunk.index(), chunk) != null) {
        throw new FormatException.Malformed(where, chunk.offset(), "has a chunk twice");
      }
    }
    Hdf5Chunks.Chunk[] all = new Hdf5Chunks.Chunk[(int) count];
    for (int i = 0; i < all.length; i++) {
      Hdf5Chunks.Chunk chunk = found.get(i);
      if (chunk == null) {
        throw new FormatException.Unsupported(where, 0, "chunks that nobody wrote");
      }
      all[i] = chunk;
    }
    return all;
  }

  /// Copies the rows of a chunk, as far as they are inside of the dataset, to where they belong.
  private void place(Hdf5Chunks.Chunk chunk, byte[] band) throws IOException, FormatException {
    byte[] from = plain(chunk);
    long[] origin = new long[rank];
    long[] extent = new long[rank];
    long left = chunk.index();
    for (int i = rank - 1; i >= 0; i--) {
      origin[i] = left % boxes[i] * box[i];
      extent[i] = Math.min(box[i], whole[i] - origin[i]);
      left /= boxes[i];
    }
    origin[0] = 0; // of the band
    int last = rank - 1;
    int run = (int) (extent[last] * width);
    long[] at = new long[rank];
    while (true) {
      long in = 0;
      long out = 0;
      for (int i = 0; i < rank; i++) {
        in = in * box[i] + at[i];
        out = out * (i == 0 ? 1 : whole[i]) + origin[i] + at[i];
      }
      System.arraycopy(from, (int) (in * width), band, (int) (out * width), run);
      int i = last - 1;
      while (i >= 0 && ++at[i] == extent[i]) {
        at[i--] = 0;
      }
      if (i < 0) {
        return;
      }
    }
  }

  /// What was written, before it went through filters.
  private byte[] plain(Hdf5Chunks.Chunk chunk) throws IOException, FormatException {
    if (chunks.filters().size() > MOST_FILTERS) {
      throw new FormatException.LimitExceeded(where, 0, "more than " + MOST_FILTERS + " filters");
    }
    if (chunk.size() > MOST_BAND) {
      throw tooLarge();
    }
    byte[] bytes = file.array(chunk.offset(), (int) chunk.size());
    for (int i = chunks.filters().size() - 1; i >= 0; i--) {
      if ((chunk.skipped() >>> i & 1) == 0) {
        bytes = unfiltered(bytes, chunks.filters().get(i), chunk.offset());
      }
    }
    if (bytes.length != boxBytes) {
      throw new FormatException.Malformed(
          where, chunk.offset(), "a chunk of " + boxBytes + " bytes has " + bytes.length);
    }
    return bytes;
  }

  private byte[] unfiltered(byte[] bytes, int filter, long at) throws IOException, FormatException {
    return switch (filter) {
      case Hdf5Chunks.DEFLATE -> inflated(bytes);
      case Hdf5Chunks.SHUFFLE -> unshuffled(bytes);
      default -> throw new FormatException.Unsupported(where, at, "data filtered by " + filter);
    };
  }

  private byte[] inflated(byte[] bytes) throws IOException, FormatException {
    Inflation inflation = new Inflation(budget, spool);
    try (Inflated inflated =
        inflation.inflate(Codec.Stream.ZLIB, Bytes.of(bytes), where, boxBytes)) {
      FormatException broken = inflated.broken();
      if (broken != null) {
        throw broken;
      }
      return inflated.content().array(0, (int) inflated.content().size());
    }
  }

  /// First bytes of all elements stand first; what is left over stays where it is.
  private byte[] unshuffled(byte[] bytes) {
    int count = bytes.length / width;
    byte[] out = bytes.clone();
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < width; k++) {
        out[i * width + k] = bytes[k * count + i];
      }
    }
    return out;
  }
}
