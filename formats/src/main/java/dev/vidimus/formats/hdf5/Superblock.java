package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.Arrays;

/// The superblock, which says where the root group is (section II.A). It stands at the file's
/// start, or at 512 bytes or a power of two above behind a user block.
final class Superblock {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final String FIELD = "superblock";

  private Superblock() {}

  /// Reads it.
  ///
  /// @return the address of the root group's object header
  static long root(Hdf5File file, Bytes bytes) throws IOException, FormatException {
    ByteCursor cursor = file.cursor();
    long start = find(bytes);
    if (start < 0) {
      throw cursor.malformed(FIELD, "is not there");
    }
    cursor.seek(start + SIGNATURE.length);
    int version = cursor.u8(FIELD);
    if (version > 3) {
      throw new FormatException.Unsupported(
          cursor.where(FIELD), start + SIGNATURE.length, "version " + version);
    }
    return version < 2 ? old(file, version, start) : recent(file, start);
  }

  private static long find(Bytes bytes) throws IOException {
    for (long at = 0; at <= bytes.size() - SIGNATURE.length; at = at == 0 ? 512 : at * 2) {
      if (Arrays.equals(bytes.array(at, SIGNATURE.length), SIGNATURE)) {
        return at;
      }
    }
    return -1;
  }

  private static long old(Hdf5File file, int version, long start)
      throws IOException, FormatException {
    ByteCursor cursor = file.cursor();
    cursor.skip(FIELD, 4); // versions of parts, and a reserved byte
    file.widths(cursor.u8(FIELD), cursor.u8(FIELD));
    cursor.skip(FIELD, 1 + 2 + 2 + 4 + (version == 1 ? 4 : 0)); // ranks of B-trees, flags
    long base = file.address(FIELD);
    file.address(FIELD); // free space
    checkEnd(file, base, file.address(FIELD), start);
    file.address(FIELD); // driver information
    file.address(FIELD); // the root's name
    return file.address(FIELD);
  }

  private static long recent(Hdf5File file, long start) throws IOException, FormatException {
    ByteCursor cursor = file.cursor();
    file.widths(cursor.u8(FIELD), cursor.u8(FIELD));
    cursor.skip(FIELD, 1);
    long base = file.address(FIELD);
    file.address(FIELD); // extension
    checkEnd(file, base, file.address(FIELD), start);
    return file.address(FIELD);
  }

  /// A writer may leave the base at 0 although a user block precedes it; the library corrects that.
  private static void checkEnd(Hdf5File file, long declared, long end, long start)
      throws FormatException {
    long base = declared == start ? declared : start;
    file.base(base);
    long size = file.cursor().size();
    long stored = declared == start ? end : end - declared + start;
    if (end < 0 || stored > size) {
      throw file.cursor()
          .malformed(
              FIELD, "says that the file ends at " + end + ", but it has " + size + " bytes");
    }
  }
}
