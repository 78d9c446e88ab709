package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The heap in which an old group keeps names (section III.D).
final class LocalHeap {
  private static final int LONGEST_NAME = 1 << 12;
  private static final String FIELD = "local heap";

  private final Hdf5File file;
  private final long data;
  private final long size;

  LocalHeap(Hdf5File file, long address) throws IOException, FormatException {
    this.file = file;
    file.seek(FIELD, address, 8);
    file.signature(FIELD, "HEAP");
    file.cursor().skip(FIELD, 4); // version, reserved
    this.size = file.length(FIELD);
    file.length(FIELD); // free list
    this.data = file.place(FIELD, file.address(FIELD), size);
  }

  /// The text at an offset, up to its NUL.
  String text(long offset) throws IOException, FormatException {
    ByteCursor cursor = file.cursor();
    if (offset < 0 || offset >= size) {
      throw cursor.malformed(FIELD, "has " + size + " bytes, but a name is at " + offset);
    }
    cursor.seek(data + offset);
    byte[] bytes = cursor.array(FIELD, (int) Math.min(LONGEST_NAME, size - offset));
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
