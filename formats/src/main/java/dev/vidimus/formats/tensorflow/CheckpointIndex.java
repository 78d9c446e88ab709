package dev.vidimus.formats.tensorflow;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.protobuf.ProtoReader;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the index of a checkpoint: a table as that of LevelDB
/// ([format](https://github.com/google/leveldb/blob/main/doc/table_format.md)) whose values say
/// where each tensor is (`tensorflow/core/protobuf/tensor_bundle.proto`).
public final class CheckpointIndex {
  private static final int FOOTER = 48;
  private static final long MAGIC = 0xdb47_7524_8b80_fb57L;
  private static final int BLOCK_END = 5; // compression and sum
  private static final int LONGEST_KEY = 1 << 16;
  private static final int MOST_SHARDS = 1 << 20;
  private static final int MOST_DIMENSIONS = 254; // of TensorFlow

  /// Bytes of a number by its type in `types.proto`; 0 where that is no help.
  private static final int[] WIDTHS = {
    0, 4, 8, 4, 1, 2, 1, 0, 8, 8, 1, 1, 1, 4, 2, 2, 2, 2, 16, 2, 0, 0, 4, 8
  };

  private static final int DTYPE = 1 << 3;
  private static final int SHAPE = 2 << 3 | ProtoReader.BYTES;
  private static final int SHARD = 3 << 3;
  private static final int OFFSET = 4 << 3;
  private static final int SIZE = 5 << 3;
  private static final int SLICE = 7 << 3 | ProtoReader.BYTES;
  private static final int SHARDS = 1 << 3;
  private static final int DIMENSION = 2 << 3 | ProtoReader.BYTES;
  private static final int DIMENSION_SIZE = 1 << 3;

  private final Bytes bytes;
  private final ByteCursor cursor;
  private final String source;
  private long shards = 1;
  private long entries;

  private CheckpointIndex(Bytes bytes, String source) {
    this.bytes = bytes;
    this.cursor = new ByteCursor(bytes, source);
    this.source = source;
  }

  /// A part of the file.
  private record Block(long offset, long size) {}

  /// True if the file ends as such a table does.
  public static boolean isTable(Bytes bytes) throws IOException {
    if (bytes.size() < FOOTER) {
      return false;
    }
    byte[] end = bytes.array(bytes.size() - Long.BYTES, Long.BYTES);
    long magic = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      magic = magic << 8 | (end[i] & 0xff);
    }
    return magic == MAGIC;
  }

  /// Proves that every tensor's place is possible.
  ///
  /// @param source its name in errors
  /// @return number of tensors
  /// @throws FormatException at the first thing that does not hold
  public static long read(Bytes bytes, String source) throws IOException, FormatException {
    if (!isTable(bytes)) {
      throw new FormatException.Malformed(source + ": footer", 0, "is not that of a table");
    }
    return new CheckpointIndex(bytes, source).read();
  }

  private long read() throws IOException, FormatException {
    cursor.seek(bytes.size() - FOOTER);
    handle("metadata");
    Block index = handle("index");
    List<Block> blocks = new ArrayList<>();
    block(index, blocks);
    for (Block each : blocks) {
      block(each, null);
    }
    return entries;
  }

  private Block handle(String field) throws IOException, FormatException {
    long offset = varint(field);
    long size = varint(field);
    long most = bytes.size() - FOOTER - BLOCK_END;
    if (offset < 0 || size < 0 || offset > most || size > most - offset) {
      throw cursor.malformed(
          field,
          "is said to have %s bytes at %s of %d"
              .formatted(Long.toUnsignedString(size), Long.toUnsignedString(offset), bytes.size()));
    }
    return new Block(offset, size);
  }

  private long varint(String field) throws IOException, FormatException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int each = cursor.u8(field);
      value |= (long) (each & 0x7f) << shift;
      if (each < 0x80) {
        return value;
      }
    }
    throw cursor.malformed(field, "has a number of more than 10 bytes");
  }

  /// @param index where to put the blocks that an index lists; null for a block of tensors
  private void block(Block block, @Nullable List<Block> index) throws IOException, FormatException {
    cursor.seek(block.offset() + block.size());
    int compression = cursor.u8("compression");
    if (compression != 0) {
      throw new FormatException.Unsupported(
          cursor.where("compression"), cursor.position(), "the method " + compression);
    }
    if (block.size() < Integer.BYTES) {
      throw cursor.malformed("block", "has " + block.size() + " bytes");
    }
    cursor.seek(block.offset() + block.size() - Integer.BYTES);
    long restarts = cursor.u32("restarts");
    long end = block.offset() + block.size() - (restarts + 1) * Integer.BYTES;
    if (end < block.offset()) {
      throw cursor.malformed("restarts", "are " + restarts + " in " + block.size() + " bytes");
    }
    int previous = 0;
    cursor.seek(block.offset());
    while (cursor.position() < end) {
      long shared = varint("key");
      long own = varint("key");
      long length = varint("value");
      if (shared < 0 || shared > previous || own < 0 || own > LONGEST_KEY - shared) {
        throw cursor.malformed("key", "shares " + shared + " bytes with one of " + previous);
      }
      cursor.skip("key", own);
      previous = (int) (shared + own);
      long start = cursor.position();
      cursor.skip("value", length);
      if (cursor.position() > end) {
        throw cursor.malformed("value", "reaches over the end of its block");
      }
      if (index == null) {
        tensor(start, length, previous == 0);
      } else {
        cursor.seek(start);
        index.add(handle("block"));
        cursor.seek(start + length);
      }
    }
  }

  private void tensor(long start, long length, boolean isHeader)
      throws IOException, FormatException {
    ProtoReader proto = new ProtoReader(bytes.slice(start, length), source + ": entry");
    long type = 0;
    long shard = 0;
    long offset = 0;
    long size = 0;
    Shape shape = Shape.SCALAR;
    boolean isSliced = false;
    while (proto.next("entry")) {
      if (isHeader) {
        shards = proto.tag() == SHARDS ? proto.value() : shards;
        continue;
      }
      switch (proto.tag()) {
        case DTYPE -> type = proto.value();
        case SHAPE -> shape = shape(proto);
        case SHARD -> shard = proto.value();
        case OFFSET -> offset = proto.value();
        case SIZE -> size = proto.value();
        case SLICE -> isSliced = true;
        default -> {}
      }
    }
    if (isHeader) {
      require(start, shards > 0 && shards <= MOST_SHARDS, "has " + shards + " shards");
      return;
    }
    entries++;
    require(start, shard >= 0 && shard < shards, "is in shard " + shard + " of " + shards);
    require(start, offset >= 0 && size >= 0, "has a size or place below 0");
    require(start, offset + size >= 0, "ends beyond every file");
    int width = type > 0 && type < WIDTHS.length ? WIDTHS[(int) type] : 0;
    if (width > 0 && !isSliced) {
      require(start, isSize(shape, width, size), "has " + size + " bytes for the shape " + shape);
    }
  }

  private static boolean isSize(Shape shape, int width, long size) {
    try {
      return Shape.multiplied(shape.elements(), width) == size;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static Shape shape(ProtoReader proto) throws IOException, FormatException {
    long[] dimensions = new long[MOST_DIMENSIONS];
    int rank = 0;
    proto.enter("shape");
    while (proto.next("shape")) {
      if (proto.tag() == DIMENSION && rank < MOST_DIMENSIONS) {
        proto.enter("dimension");
        while (proto.next("dimension")) {
          dimensions[rank] = proto.tag() == DIMENSION_SIZE ? proto.value() : dimensions[rank];
        }
        proto.leave();
        rank++;
      }
    }
    proto.leave();
    return Shape.of(Arrays.copyOf(dimensions, rank));
  }

  private void require(long at, boolean holds, String problem) throws FormatException {
    if (!holds) {
      throw new FormatException.Malformed(source + ": tensor", at, problem);
    }
  }
}
