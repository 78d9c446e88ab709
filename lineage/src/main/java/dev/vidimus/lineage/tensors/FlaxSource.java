package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.msgpack.MsgpackListener;
import dev.vidimus.formats.msgpack.MsgpackReader;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays of a file that `flax.serialization` wrote: nested maps whose leaves are extensions with a
/// shape, a type and bytes. Their names are the keys on the way, with dots between.
///
/// An array of more than 2³⁰ bytes is a map of a mark, its shape, and flat pieces, the last two
/// being maps whose keys count from 0.
final class FlaxSource implements MsgpackListener {
  private static final int ARRAY = 1;
  private static final int SCALAR = 3;
  private static final int LONGEST_NAME = 4096;
  private static final String CHUNKED = "__msgpack_chunked_array__";

  private final MappedFile file;
  private final String name;
  private final TensorTable table;
  private final Deque<Level> levels = new ArrayDeque<>();

  private FlaxSource(MappedFile file, String name, TensorTable table) {
    this.file = file;
    this.name = name;
    this.table = table;
  }

  static void read(MappedFile file, String name, TensorTable table)
      throws IOException, FormatException {
    MsgpackReader.read(file, name, new FlaxSource(file, name, table));
  }

  /// A container that is open.
  private static final class Level {
    private final boolean isMap;
    private final String path;

    /// The array in pieces that it belongs to, from the mark on.
    private @Nullable FlaxPieces array;

    private FlaxPieces.@Nullable Part part;
    private @Nullable String key;
    private long values;

    Level(boolean isMap, String path) {
      this.isMap = isMap;
      this.path = path;
    }
  }

  @Override
  public void begin(boolean isMap, long count) throws FormatException {
    Level parent = levels.peek();
    String path = parent == null ? "" : path(parent, 0);
    Level level = new Level(isMap, path);
    if (parent != null && parent.array != null && parent.part == null) {
      level.array = parent.array;
      level.part = parent.array.open(isMap, String.valueOf(parent.key));
    }
    leave();
    levels.push(level);
  }

  @Override
  public void end() throws FormatException {
    Level level = levels.pop();
    if (level.array != null && level.part == null) {
      table.add(level.array.tensor(level.path));
    }
  }

  @Override
  public void text(long offset, long length) throws IOException, FormatException {
    Level level = levels.peek();
    if (level == null || !level.isMap || level.key != null) {
      leave();
      return;
    }
    String key = text(offset, length, "key");
    if (key.equals(CHUNKED)) {
      if (level.values > 0 || level.array != null) {
        throw new FormatException.Malformed(name, offset, "an array in pieces has its mark late");
      }
      level.array = new FlaxPieces(name, offset);
    }
    level.key = key;
  }

  @Override
  public void integer(long value) throws FormatException {
    Level level = levels.peek();
    if (level != null && level.array != null && level.part == FlaxPieces.Part.SHAPE) {
      level.array.dimension(String.valueOf(level.key), value);
    }
    leave();
  }

  @Override
  public void other() throws FormatException {
    leave();
  }

  @Override
  public void bytes(long offset, long length) throws FormatException {
    leave();
  }

  @Override
  public void extension(int type, long offset, long length) throws IOException, FormatException {
    Level level = levels.peek();
    if (type == ARRAY || type == SCALAR) {
      Array array = new Array(offset);
      MsgpackReader.read(file.slice(offset, length), name, array);
      MemorySegment bytes = file.segment().asSlice(array.at, array.size);
      if (level != null && level.array != null) {
        String key = String.valueOf(level.key);
        level.array.piece(level.part, key, array.type(), array.shape(), bytes);
      } else {
        String path = level == null ? "" : path(level, offset);
        TensorData data = new TensorData.Whole(bytes);
        table.add(new Tensor(path, array.type(), array.shape(), data, name));
      }
    }
    leave();
  }

  /// The name of the value that comes now.
  private String path(Level level, long offset) throws FormatException {
    String last = level.isMap ? level.key : Long.toString(level.values);
    if (last == null) {
      throw new FormatException.Malformed(name, offset, "a map has a key that is no text");
    }
    String path = level.path.isEmpty() ? last : level.path + "." + last;
    if (path.length() > LONGEST_NAME) {
      throw new FormatException.LimitExceeded(
          name, offset, "a name longer than " + LONGEST_NAME + " characters");
    }
    return path;
  }

  /// A value was taken.
  private void leave() throws FormatException {
    Level level = levels.peek();
    if (level == null) {
      return;
    }
    if (level.isMap && level.key == null) {
      throw new FormatException.Malformed(name, 0, "a map has a key that is no text");
    }
    level.key = null;
    level.values++;
    if (level.array != null) {
      level.array.require(level.part, level.values);
    }
  }

  private String text(long offset, long length, String field) throws IOException, FormatException {
    if (length > LONGEST_NAME) {
      throw new FormatException.LimitExceeded(name, offset, field + " of " + length + " bytes");
    }
    return new String(file.array(offset, (int) length), StandardCharsets.UTF_8);
  }

  /// What an extension holds: `[shape, name of the type, bytes]`.
  private final class Array implements MsgpackListener {
    private static final int MOST_DIMENSIONS = 32;

    private final long base;
    private final List<Long> dimensions = new ArrayList<>();
    private int depth;
    private int parts;
    private @Nullable String word;
    private long at = -1;
    private long size;

    Array(long base) {
      this.base = base;
    }

    @Override
    public void begin(boolean isMap, long count) throws FormatException {
      boolean fits = depth == 0 ? count == 3 : depth == 1 && parts == 0 && count <= MOST_DIMENSIONS;
      require(!isMap && fits);
      depth++;
    }

    @Override
    public void end() {
      depth--;
      parts += depth == 1 ? 1 : 0;
    }

    @Override
    public void integer(long value) throws FormatException {
      require(depth == 2 && value >= 0);
      dimensions.add(value);
    }

    @Override
    public void text(long offset, long length) throws IOException, FormatException {
      require(depth == 1 && parts == 1);
      word = FlaxSource.this.text(base + offset, length, "type");
      parts++;
    }

    @Override
    public void bytes(long offset, long length) throws FormatException {
      require(depth == 1 && parts == 2);
      at = base + offset;
      size = length;
      parts++;
    }

    @Override
    public void other() throws FormatException {
      require(false);
    }

    @Override
    public void extension(int type, long offset, long length) throws FormatException {
      require(false);
    }

    private void require(boolean holds) throws FormatException {
      if (!holds) {
        throw new FormatException.Malformed(name, base, "an array is not shape, type and bytes");
      }
    }

    Shape shape() {
      return Shape.of(dimensions.stream().mapToLong(Long::longValue).toArray());
    }

    TensorType type() throws FormatException {
      require(at >= 0 && word != null);
      String known = word == null ? "" : word;
      TensorType type =
          switch (known) {
            case "float64" -> TensorType.F64;
            case "float32" -> TensorType.F32;
            case "float16" -> TensorType.F16;
            case "bfloat16" -> TensorType.BF16;
            case "float8_e4m3fn" -> TensorType.F8_E4M3;
            case "float8_e5m2" -> TensorType.F8_E5M2;
            case "complex64" -> TensorType.C64;
            case "complex128" -> TensorType.C128;
            case "bool" -> TensorType.BOOL;
            default -> integer(known);
          };
      return type;
    }

    private TensorType integer(String known) throws FormatException {
      for (int bits = 8; bits <= 64; bits *= 2) {
        if (known.equals("int" + bits) || known.equals("uint" + bits)) {
          TensorType type = TensorType.of((known.startsWith("u") ? "U" : "I") + bits);
          if (type != null) {
            return type;
          }
        }
      }
      throw new FormatException.Unsupported(
          name, base, "elements of type " + Printable.of(known, 60));
    }
  }
}
