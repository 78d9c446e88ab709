package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A heap of many small objects in blocks that double in size (section III.G).
final class FractalHeap {
  private static final int MOST_ROWS = 64;
  private static final int DEEPEST = 16;
  private static final int LONGEST_SHORT_ID = 18;
  private static final String FIELD = "fractal heap";

  private final Hdf5File file;
  private final ByteCursor cursor;
  private final int idSize;
  private final int offsetSize;
  private final int lengthSize;
  private final long hugeTree;
  private final int width;
  private final long startSize;
  private final int directRows;
  private final long root;
  private final int rootRows;
  private @Nullable Map<Long, Place> hugeObjects;

  FractalHeap(Hdf5File file, long address) throws IOException, FormatException {
    this.file = file;
    this.cursor = file.cursor();
    file.seek(FIELD, address, 1);
    file.signature(FIELD, "FRHP");
    cursor.skip(FIELD, 1);
    idSize = cursor.u16(FIELD);
    int filters = cursor.u16(FIELD);
    cursor.skip(FIELD, 1);
    long longest = cursor.u32(FIELD);
    file.length(FIELD); // next number of a huge object
    hugeTree = file.address(FIELD);
    file.length(FIELD); // free space
    file.address(FIELD);
    for (int i = 0; i < 8; i++) {
      file.length(FIELD); // sizes and counts of what it holds
    }
    width = cursor.u16(FIELD);
    startSize = file.length(FIELD);
    long longestBlock = file.length(FIELD);
    int bits = cursor.u16(FIELD);
    cursor.skip(FIELD, 2);
    root = file.address(FIELD);
    rootRows = cursor.u16(FIELD);
    if (filters != 0) {
      throw new FormatException.Unsupported(
          cursor.where(FIELD), cursor.position(), "a fractal heap with filters");
    }
    if (width == 0
        || startSize <= 0
        || longestBlock < startSize
        || Long.bitCount(startSize) != 1
        || Long.bitCount(longestBlock) != 1
        || bits == 0
        || bits > Long.SIZE
        || rootRows > MOST_ROWS) {
      throw cursor.malformed(
          FIELD,
          "has %d rows of %d blocks from %d to %d bytes in %d bits"
              .formatted(rootRows, width, startSize, longestBlock, bits));
    }
    offsetSize = (bits + 7) / Byte.SIZE;
    lengthSize = bytesOf(Math.min(longestBlock, longest));
    directRows =
        Long.numberOfTrailingZeros(longestBlock) - Long.numberOfTrailingZeros(startSize) + 2;
  }

  private static int bytesOf(long limit) {
    return (Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, limit))) / Byte.SIZE + 1;
  }

  /// Where an object is in the file.
  record Place(long at, long size) {}

  /// Bytes that an id takes.
  int idSize() {
    return idSize;
  }

  /// Finds an object by its id.
  ///
  /// @param id where the id begins
  Place find(long id) throws IOException, FormatException {
    cursor.seek(id);
    int first = cursor.u8(FIELD);
    return switch ((first >> 4) & 3) {
      case 0 -> {
        long offset = file.little(FIELD, offsetSize);
        yield managed(offset, file.little(FIELD, lengthSize));
      }
      case 1 -> huge(file.little(FIELD, Math.min(idSize - 1, Long.BYTES)));
      case 2 -> {
        boolean isExtended = idSize > LONGEST_SHORT_ID;
        long length = isExtended ? (first & 0xf) << 8 | cursor.u8(FIELD) : first & 0xf;
        yield new Place(cursor.position(), length + 1);
      }
      default -> throw cursor.malformed(FIELD, "has an id of an unknown kind");
    };
  }

  /// Walks down the blocks that cover an offset.
  private Place managed(long offset, long length) throws IOException, FormatException {
    long block = root;
    int rows = rootRows;
    long from = 0;
    for (int depth = 0; rows > 0; depth++) {
      if (depth > DEEPEST) {
        throw cursor.malformed(FIELD, "has blocks nested deeper than " + DEEPEST);
      }
      int row = 0;
      long rest = offset - from;
      while (row < rows && rest >= sizeOf(row) * width) {
        rest -= sizeOf(row) * width;
        row++;
      }
      if (rest < 0 || row == rows) {
        throw cursor.malformed(FIELD, "has no block for offset " + offset);
      }
      long column = rest / sizeOf(row);
      from = offset - rest % sizeOf(row);
      long entry = (long) row * width + column;
      file.seek(FIELD, block, 1);
      file.signature(FIELD, "FHIB");
      cursor.skip(FIELD, 1L + file.offsetSize() + offsetSize + entry * file.offsetSize());
      block = file.address(FIELD);
      rows = row < directRows ? 0 : rowsOf(sizeOf(row));
    }
    long at = file.place(FIELD, block, offset - from + length) + offset - from;
    return new Place(at, length);
  }

  /// The first two rows have blocks of the same size.
  private long sizeOf(int row) throws FormatException {
    int doubled = Math.max(0, row - 1);
    if (doubled >= Long.numberOfLeadingZeros(startSize * width) - 1) {
      throw cursor.malformed(FIELD, "has more rows than its offsets reach");
    }
    return startSize << doubled;
  }

  /// Rows of a block of blocks that covers so many bytes.
  private int rowsOf(long size) {
    int covered = Long.numberOfTrailingZeros(size);
    int first = Long.SIZE - 1 - Long.numberOfLeadingZeros(startSize * width);
    return Math.max(1, covered - first + 1);
  }

  /// Objects too large for a block have a tree of their own: address, length and number.
  private Place huge(long number) throws IOException, FormatException {
    if (file.isUndefined(hugeTree)) {
      throw cursor.malformed(FIELD, "has no tree of huge objects");
    }
    if (hugeObjects == null) {
      hugeObjects = new HashMap<>();
      new RecordTree(file).forEach(hugeTree, (at, size) -> addHuge(at));
    }
    Place found = hugeObjects.get(number);
    if (found == null) {
      throw cursor.malformed(FIELD, "has no huge object " + number);
    }
    return found;
  }

  private void addHuge(long at) throws IOException, FormatException {
    cursor.seek(at);
    long address = file.address(FIELD);
    long length = file.length(FIELD);
    long number = file.length(FIELD);
    Objects.requireNonNull(hugeObjects)
        .put(number, new Place(file.place(FIELD, address, length), length));
  }
}
