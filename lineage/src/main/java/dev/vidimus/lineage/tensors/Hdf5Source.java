package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.hdf5.Hdf5Chunks;
import dev.vidimus.formats.hdf5.Hdf5Dataset;
import dev.vidimus.formats.hdf5.Hdf5Listener;
import dev.vidimus.formats.hdf5.Hdf5Reader;
import dev.vidimus.formats.zip.ZipEntry;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Datasets of an HDF5 file, such as Keras keeps weights in, or of the one in a `.keras` archive.
/// Their names are their paths without the first slash. Links to other files and elements that are
/// no numbers are refused: a tensor that is not seen could not be compared.
final class Hdf5Source implements Hdf5Listener {
  /// What a `.keras` archive keeps its weights in.
  private static final String MEMBER = "model.weights.h5";

  private final TensorData data;
  private final Bytes bytes;
  private final String name;
  private final TensorTable table;
  private final Spool spool;
  private final List<Closeable> opened;
  private final Budget budget = new Budget(Limits.DEFAULT);

  private Hdf5Source(
      TensorData data,
      Bytes bytes,
      String name,
      TensorTable table,
      Spool spool,
      List<Closeable> opened) {
    this.data = data;
    this.bytes = bytes;
    this.name = name;
    this.table = table;
    this.spool = spool;
    this.opened = opened;
  }

  /// @param spool where datasets in chunks go
  /// @param opened takes what must be closed in the end
  static void read(
      MappedFile file, String name, TensorTable table, Spool spool, List<Closeable> opened)
      throws IOException, FormatException {
    TensorData data = new TensorData.Whole(file.segment());
    read(new Hdf5Source(data, file, name, table, spool, opened));
  }

  static void readKeras(
      String name, TensorTable table, ZipMembers members, Spool spool, List<Closeable> opened)
      throws IOException, FormatException {
    ZipEntry entry = members.find(MEMBER);
    if (entry == null) {
      throw new FormatException.Unsupported(name, 0, "an archive without " + MEMBER);
    }
    TensorData data = members.data(entry);
    Bytes bytes = data instanceof TensorData.Spooled(Bytes b) ? b : members.bytes(MEMBER);
    read(new Hdf5Source(data, bytes, name, table, spool, opened));
  }

  private static void read(Hdf5Source source) throws IOException, FormatException {
    Hdf5Reader.read(source.bytes, source.name, source);
    FormatException problem = source.problem;
    if (problem != null) {
      throw problem;
    }
  }

  private @Nullable FormatException problem;

  @Override
  public boolean hearsDatasets() {
    return true;
  }

  @Override
  public void dataset(Hdf5Dataset dataset) throws IOException, FormatException {
    String path = dataset.path().substring(1);
    String where = name + ": " + Printable.of(path, 120);
    TensorType type = type(dataset.type());
    if (type == null) {
      throw new FormatException.Unsupported(where, 0, "elements that are no plain numbers");
    }
    long size = TensorTable.bytes(type, dataset.shape(), where);
    Hdf5Chunks chunks = dataset.chunks();
    if (chunks == null && dataset.storage() != Hdf5Dataset.Storage.PIECE && size > 0) {
      throw new FormatException.Unsupported(
          where,
          0,
          switch (dataset.storage()) {
            case CHUNKS -> "a dataset in chunks that are listed in a newer way";
            case NOWHERE -> "a dataset without data in this file";
            case PIECE, OTHER -> "a dataset laid out in a way that is not read here";
          });
    }
    if (chunks == null && dataset.size() != size && size > 0) {
      throw new FormatException.Malformed(
          where, dataset.offset(), "needs " + size + " bytes, but has " + dataset.size());
    }
    TensorData payload =
        chunks == null || size == 0
            ? payload(dataset.offset(), size)
            : gathered(dataset, chunks, where);
    if (dataset.type().bigEndian() && type.blockBytes() > 1 && size > 0) {
      long[] all = {dataset.shape().elements()};
      payload = new TensorData.View(payload, type.blockBytes(), 0, all, new long[] {1}, true);
    }
    table.add(new Tensor(path, type, dataset.shape(), payload, name));
  }

  private TensorData payload(long offset, long size) {
    return data instanceof TensorData.Whole(MemorySegment segment)
        ? new TensorData.Whole(segment.asSlice(size == 0 ? 0 : offset, size))
        : new TensorData.Spooled(bytes.slice(size == 0 ? 0 : offset, size));
  }

  private TensorData gathered(Hdf5Dataset dataset, Hdf5Chunks chunks, String where)
      throws IOException, FormatException {
    Bytes all = new ChunkedDataset(dataset, chunks, bytes, where, budget, spool).bytes();
    opened.add(all);
    return new TensorData.Spooled(all);
  }

  private static @Nullable TensorType type(Hdf5Dataset.Type type) {
    return switch (type.kind()) {
      case FLOAT ->
          type.bytes() == 8 ? TensorType.F64 : type.bytes() == 4 ? TensorType.F32 : TensorType.F16;
      case BF16 -> TensorType.BF16;
      case SIGNED -> TensorType.of("I" + 8 * type.bytes());
      case UNSIGNED -> TensorType.of("U" + 8 * type.bytes());
      case OTHER -> null;
    };
  }

  @Override
  public void attribute(String path, String key, String value, long offset) {}

  @Override
  public void externalLink(String path, String file, String object, long offset) {
    keep(new FormatException.Unsupported(name, offset, "a link to another file"));
  }

  @Override
  public void externalStorage(String path, String file, long offset) {
    keep(new FormatException.Unsupported(name, offset, "data in another file"));
  }

  @Override
  public void foreignFilter(String path, int filter, long offset) {
    keep(new FormatException.Unsupported(name, offset, "data filtered by " + filter));
  }

  @Override
  public void broken(FormatException found) {
    keep(found);
  }

  private void keep(FormatException found) {
    problem = problem == null ? found : problem;
  }
}
