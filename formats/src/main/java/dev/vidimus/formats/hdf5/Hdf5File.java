package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// A file under a cursor that knows how wide its addresses and lengths are, and where address 0 is.
final class Hdf5File {
  /// How often the bytes of a file may be read: parts of it can refer to one another in circles.
  private static final long TIMES_READ = 32;

  private static final long SPARE_BYTES = 16 << 20;

  private final ByteCursor cursor;
  private final long size;
  private long base;
  private long budget;
  private int offsetSize = 8;
  private int lengthSize = 8;

  Hdf5File(Bytes bytes, String source) {
    this.cursor = new ByteCursor(bytes, source);
    this.size = bytes.size();
    this.budget = SPARE_BYTES + TIMES_READ * Math.min(size, Long.MAX_VALUE / TIMES_READ / 2);
  }

  ByteCursor cursor() {
    return cursor;
  }

  void widths(int offsets, int lengths) throws FormatException {
    if (!isWidth(offsets) || !isWidth(lengths)) {
      throw cursor.malformed(
          "superblock", "has addresses of " + offsets + " and lengths of " + lengths + " bytes");
    }
    offsetSize = offsets;
    lengthSize = lengths;
  }

  private static boolean isWidth(int bytes) {
    return bytes == 2 || bytes == 4 || bytes == 8;
  }

  void base(long address) {
    base = address;
  }

  int offsetSize() {
    return offsetSize;
  }

  int lengthSize() {
    return lengthSize;
  }

  /// Reads a number of so many bytes.
  long number(String field, int bytes) throws IOException, FormatException {
    return switch (bytes) {
      case 1 -> cursor.u8(field);
      case 2 -> cursor.u16(field);
      case 4 -> cursor.u32(field);
      default -> cursor.i64(field);
    };
  }

  /// Accounts for bytes that are read because another part of the file says so.
  void charge(String field, long bytes) throws FormatException {
    budget -= bytes;
    if (budget < 0) {
      throw new FormatException.LimitExceeded(
          cursor.where(field),
          cursor.position(),
          "the same bytes are referred to more than " + TIMES_READ + " times");
    }
  }

  /// Reads a number of so many bytes, of which there may be any.
  long little(String field, int bytes) throws IOException, FormatException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) cursor.u8(field) << (i * Byte.SIZE);
    }
    return value;
  }

  /// Reads an address, relative to the base; all ones if there is none.
  long address(String field) throws IOException, FormatException {
    return number(field, offsetSize);
  }

  long length(String field) throws IOException, FormatException {
    return number(field, lengthSize);
  }

  /// True if an address stands for none.
  boolean isUndefined(long address) {
    return address == (offsetSize == 8 ? -1L : (1L << (offsetSize * Byte.SIZE)) - 1);
  }

  /// Where an address is in the file.
  ///
  /// @throws FormatException.Malformed if so many bytes do not follow there
  long place(String field, long address, long bytes) throws FormatException {
    long at = address + base;
    if (address < 0 || at < 0 || at > size || bytes < 0 || bytes > size - at) {
      throw cursor.malformed(
          field,
          "is said to have "
              + Long.toUnsignedString(bytes)
              + " bytes at "
              + Long.toUnsignedString(address)
              + ", but the file has "
              + size);
    }
    return at;
  }

  void seek(String field, long address, long bytes) throws FormatException {
    cursor.seek(place(field, address, bytes));
  }

  void signature(String field, String expected) throws IOException, FormatException {
    long start = cursor.position();
    for (int i = 0; i < expected.length(); i++) {
      if (cursor.u8(field) != expected.charAt(i)) {
        throw new FormatException.Malformed(
            cursor.where(field), start, "does not begin with " + expected);
      }
    }
  }
}
