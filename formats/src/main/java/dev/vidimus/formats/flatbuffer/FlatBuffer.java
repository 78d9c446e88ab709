package dev.vidimus.formats.flatbuffer;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A file of FlatBuffers ([format](https://flatbuffers.dev/internals/)). Positions are in bytes
/// from its start; 0 stands for a field that is absent, where no value can be.
public final class FlatBuffer {
  private static final int LONGEST_TEXT = 1 << 16;

  private final ByteCursor cursor;

  /// @param source its name in errors
  public FlatBuffer(Bytes bytes, String source) {
    this.cursor = new ByteCursor(bytes, source);
  }

  /// Where the root table is.
  public long root(String field) throws IOException, FormatException {
    cursor.seek(0);
    return table(field, cursor.u32(field));
  }

  /// Where the value of a table's field is, or 0.
  ///
  /// @param slot number of the field in the schema
  /// @param size of the value in bytes
  public long field(String field, long table, int slot, int size)
      throws IOException, FormatException {
    seek(field, table, Integer.BYTES);
    long vtable = table - cursor.i32(field);
    seek(field, vtable, 2 * Short.BYTES);
    int length = cursor.u16(field);
    int tableSize = cursor.u16(field);
    int entry = 2 * Short.BYTES + slot * Short.BYTES;
    if (entry + Short.BYTES > length) {
      return 0;
    }
    seek(field, vtable + entry, Short.BYTES);
    int offset = cursor.u16(field);
    if (offset == 0) {
      return 0;
    }
    if (offset > tableSize - size) {
      throw cursor.malformed(field, "is at " + offset + " of a table of " + tableSize + " bytes");
    }
    seek(field, table + offset, size);
    return table + offset;
  }

  /// A signed number of a table, or `otherwise` if it is absent.
  public long int32(String field, long table, int slot, long otherwise)
      throws IOException, FormatException {
    long at = field(field, table, slot, Integer.BYTES);
    return at == 0 ? otherwise : int32(field, at);
  }

  /// A byte of a table, unsigned, or 0 if it is absent.
  public int u8(String field, long table, int slot) throws IOException, FormatException {
    long at = field(field, table, slot, 1);
    if (at == 0) {
      return 0;
    }
    cursor.seek(at);
    return cursor.u8(field);
  }

  /// A 64-bit number of a table, or 0 if it is absent.
  public long int64(String field, long table, int slot) throws IOException, FormatException {
    long at = field(field, table, slot, Long.BYTES);
    if (at == 0) {
      return 0;
    }
    cursor.seek(at);
    return cursor.i64(field);
  }

  /// The number at a position that was checked.
  public long int32(String field, long at) throws IOException, FormatException {
    seek(field, at, Integer.BYTES);
    return cursor.i32(field);
  }

  /// Where the table that a field refers to is, or 0.
  public long table(String field, long table, int slot) throws IOException, FormatException {
    long at = field(field, table, slot, Integer.BYTES);
    return at == 0 ? 0 : table(field, at + offset(field, at));
  }

  /// The vector that a field refers to; it is empty if the field is absent.
  ///
  /// @param size of an element in bytes
  public Vector vector(String field, long table, int slot, int size)
      throws IOException, FormatException {
    long at = field(field, table, slot, Integer.BYTES);
    if (at == 0) {
      return new Vector(0, 0);
    }
    long start = at + offset(field, at);
    seek(field, start, Integer.BYTES);
    long count = cursor.u32(field);
    if (count > cursor.remaining() / size) {
      throw cursor.malformed(
          field,
          "declares "
              + count
              + " elements of "
              + size
              + " bytes, but "
              + cursor.remaining()
              + " bytes follow");
    }
    return new Vector(start + Integer.BYTES, (int) Math.min(count, Integer.MAX_VALUE));
  }

  /// Elements in a row.
  ///
  /// @param at where the first is
  public record Vector(long at, int count) {
    /// True if an unsigned number is the index of an element.
    public boolean has(long index) {
      return index >= 0 && index < count;
    }
  }

  /// Where the table that an element of a vector refers to is.
  public long element(String field, Vector vector, int index) throws IOException, FormatException {
    long at = vector.at() + (long) index * Integer.BYTES;
    return table(field, at + offset(field, at));
  }

  /// The text that a field refers to, cut off after 64 KiB; empty if the field is absent.
  public String text(String field, long table, int slot) throws IOException, FormatException {
    Vector vector = vector(field, table, slot, 1);
    if (vector.count() == 0) {
      return "";
    }
    cursor.seek(vector.at());
    return cursor.text(field, Math.min(vector.count(), LONGEST_TEXT), StandardCharsets.UTF_8);
  }

  /// The size of the file.
  public long size() {
    return cursor.size();
  }

  /// A failure: the bytes contradict their format.
  public FormatException.Malformed malformed(String field, String problem) {
    return cursor.malformed(field, problem);
  }

  /// A failure: reading on would cost too much.
  public FormatException.LimitExceeded over(String field, String problem) {
    return new FormatException.LimitExceeded(cursor.where(field), cursor.position(), problem);
  }

  private long offset(String field, long at) throws IOException, FormatException {
    seek(field, at, Integer.BYTES);
    long offset = cursor.u32(field);
    if (offset == 0) {
      throw cursor.malformed(field, "refers to itself");
    }
    return offset;
  }

  /// A table begins with the distance back to its vtable.
  private long table(String field, long at) throws IOException, FormatException {
    seek(field, at, Integer.BYTES);
    long vtable = at - cursor.i32(field);
    seek(field, vtable, 2 * Short.BYTES);
    int length = cursor.u16(field);
    int size = cursor.u16(field);
    if (length < 2 * Short.BYTES || (length & 1) != 0 || size < Integer.BYTES) {
      throw cursor.malformed(field, "has a vtable of " + length + " bytes for a table of " + size);
    }
    seek(field, vtable, length);
    seek(field, at, size);
    return at;
  }

  private void seek(String field, long at, long bytes) throws FormatException {
    if (at < 0 || at > cursor.size() || bytes > cursor.size() - at) {
      throw cursor.malformed(
          field, "is said to be at " + at + ", but the file has " + cursor.size() + " bytes");
    }
    cursor.seek(at);
  }
}
