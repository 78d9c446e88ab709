package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.numpy.NpyArray;
import dev.vidimus.formats.numpy.NpyReader;
import dev.vidimus.formats.numpy.NumpyType;
import dev.vidimus.formats.zip.ZipEntry;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Arrays of a `.npy` or `.npz` file.
final class NumpySource {
  private static final String SUFFIX = ".npy";

  private NumpySource() {}

  static void readNpy(MappedFile file, String name, TensorTable table)
      throws IOException, FormatException {
    String tensor = name.endsWith(SUFFIX) ? name.substring(0, name.length() - 4) : name;
    read(new TensorData.Whole(file.segment()), file, tensor, name, table);
  }

  static void readNpz(String name, TensorTable table, ZipMembers members)
      throws IOException, FormatException {
    for (ZipEntry entry : members.archive().entries()) {
      if (!entry.name().endsWith(SUFFIX)) {
        throw new FormatException.Unsupported(name, 0, "a member that is no array");
      }
      TensorData data = members.data(entry);
      Bytes bytes = data instanceof TensorData.Spooled(Bytes b) ? b : members.bytes(entry.name());
      String tensor = entry.name().substring(0, entry.name().length() - SUFFIX.length());
      read(data, bytes, tensor, name, table);
    }
  }

  private static void read(
      TensorData data, Bytes bytes, String tensor, String file, TensorTable table)
      throws IOException, FormatException {
    NpyArray array = NpyReader.read(new ByteCursor(bytes, file + ": " + tensor));
    TensorType type = array.isPickled() ? null : type(array.type());
    if (type == null || !(array.type() instanceof NumpyType.Scalar scalar)) {
      throw new FormatException.Unsupported(
          file + ": " + tensor, 0, "elements that are no plain numbers");
    }
    if (array.end() != bytes.size()) {
      throw new FormatException.Malformed(
          file + ": " + tensor, array.end(), "bytes follow the array");
    }
    TensorData payload =
        switch (data) {
          case TensorData.Whole(MemorySegment segment) ->
              new TensorData.Whole(segment.asSlice(array.offset(), array.size()));
          default -> new TensorData.Spooled(bytes.slice(array.offset(), array.size()));
        };
    boolean swaps = scalar.bigEndian() && scalar.itemSize() > 1;
    if (array.size() > 0 && (swaps || (array.fortranOrder() && array.shape().rank() > 1))) {
      payload = view(payload, array, (int) scalar.itemSize(), swaps);
    }
    table.add(new Tensor(tensor, type, array.shape(), payload, file));
  }

  private static TensorData view(TensorData data, NpyArray array, int width, boolean swaps) {
    int rank = array.shape().rank();
    long[] dimensions = new long[rank];
    long[] strides = new long[rank];
    for (int i = 0; i < rank; i++) {
      dimensions[i] = array.shape().dimension(i);
    }
    long stride = 1;
    for (int n = 0; n < rank; n++) {
      int i = array.fortranOrder() ? n : rank - 1 - n;
      strides[i] = stride;
      stride *= dimensions[i];
    }
    // Complex numbers have two parts, each in that byte order.
    return new TensorData.View(data, width, 0, dimensions, strides, swaps);
  }

  private static @Nullable TensorType type(NumpyType type) {
    if (!(type instanceof NumpyType.Scalar(char kind, boolean big, long size))) {
      return null;
    }
    return switch (kind) {
      case 'f' -> size == 8 ? TensorType.F64 : size == 4 ? TensorType.F32 : half(size);
      case 'i', 'u' -> integer(kind, size);
      case 'b' -> size == 1 ? TensorType.BOOL : null;
      case 'c' -> big ? null : size == 8 ? TensorType.C64 : size == 16 ? TensorType.C128 : null;
      default -> null;
    };
  }

  private static @Nullable TensorType half(long size) {
    return size == 2 ? TensorType.F16 : null;
  }

  private static @Nullable TensorType integer(char kind, long size) {
    return size > 8 || Long.bitCount(size) != 1
        ? null
        : TensorType.of((kind == 'i' ? "I" : "U") + 8 * size);
  }
}
