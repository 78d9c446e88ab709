package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads an attribute, if it is one text of fixed or variable length (section IV.A.2.m).
final class AttributeReader {
  private static final int STRING = 3;
  private static final int VARIABLE = 9;
  private static final int NULL_SPACE = 2;
  private static final int SHARED_TYPE = 1;
  private static final int SHARED_SPACE = 2;
  private static final int COMMITTED = 2; // as opposed to one in a heap of messages
  private static final int LONGEST_NAME = 1 << 12;
  private static final int LONGEST_TEXT = 16 << 20;
  private static final String FIELD = "attribute";

  private final Hdf5File file;
  private final ByteCursor cursor;
  private final Hdf5Listener listener;
  private final String path;

  AttributeReader(Hdf5File file, Hdf5Listener listener, String path) {
    this.file = file;
    this.cursor = file.cursor();
    this.listener = listener;
    this.path = path;
  }

  void read(long end) throws IOException, FormatException {
    int version = cursor.u8(FIELD);
    if (version < 1 || version > 3) {
      throw new FormatException.Unsupported(
          cursor.where(FIELD), cursor.position() - 1, "version " + version);
    }
    int flags = cursor.u8(FIELD);
    int nameSize = cursor.u16(FIELD);
    int typeSize = cursor.u16(FIELD);
    int spaceSize = cursor.u16(FIELD);
    cursor.skip(FIELD, version == 3 ? 1 : 0); // character set of the name
    long nameAt = cursor.position();
    long typeAt = nameAt + padded(nameSize, version);
    long spaceAt = typeAt + padded(typeSize, version);
    long dataAt = spaceAt + padded(spaceSize, version);
    if (dataAt > end) {
      throw cursor.malformed(FIELD, "is longer than its message");
    }
    String name = name(nameSize);
    if ((flags & SHARED_SPACE) != 0) {
      throw new FormatException.Unsupported(
          cursor.where(FIELD), nameAt, "the shared space of attribute " + name + " at " + path);
    }
    cursor.seek((flags & SHARED_TYPE) != 0 ? sharedType(typeAt, name) : typeAt);
    int kind = cursor.u8(FIELD) & 0xf;
    int bits = cursor.u8(FIELD) & 0xf;
    cursor.skip(FIELD, 2);
    long size = cursor.u32(FIELD);
    boolean isText = kind == STRING || (kind == VARIABLE && bits == 1);
    if (!isText || !isOne(spaceAt)) {
      return;
    }
    cursor.seek(dataAt);
    if (kind == STRING) {
      if (size > end - dataAt) {
        throw cursor.malformed(
            "attribute " + name, "declares " + size + " bytes, but " + (end - dataAt) + " follow");
      }
      tell(name, dataAt, size);
    } else {
      variable(name);
    }
  }

  /// A type with a name of its own is in the header of another object.
  private long sharedType(long typeAt, String name) throws IOException, FormatException {
    cursor.seek(typeAt);
    int version = cursor.u8(FIELD);
    int kind = cursor.u8(FIELD);
    if (version == 1) {
      cursor.skip(FIELD, 6);
    }
    if (version < 1 || version > 3 || (version == 3 && kind != COMMITTED)) {
      throw new FormatException.Unsupported(
          cursor.where(FIELD), typeAt, "the shared type of attribute " + name + " at " + path);
    }
    return ObjectReader.type(file, file.address(FIELD));
  }

  /// Parts are padded to 8 bytes in the first version.
  private static int padded(int size, int version) {
    return version == 1 ? (size + 7) & -8 : size;
  }

  private String name(int size) throws IOException, FormatException {
    String name = cursor.text(FIELD, Math.min(size, LONGEST_NAME), StandardCharsets.UTF_8);
    int nul = name.indexOf('\0');
    return nul < 0 ? name : name.substring(0, nul);
  }

  private boolean isOne(long spaceAt) throws IOException, FormatException {
    cursor.seek(spaceAt);
    int version = cursor.u8(FIELD);
    int rank = cursor.u8(FIELD);
    cursor.skip(FIELD, 1);
    int type = cursor.u8(FIELD);
    if (version == 1) {
      cursor.skip(FIELD, 4);
    } else if (type == NULL_SPACE) {
      return false;
    }
    for (int i = 0; i < rank; i++) {
      if (file.length(FIELD) != 1) {
        return false;
      }
    }
    return true;
  }

  /// The text is in a global heap (section III.E).
  private void variable(String name) throws IOException, FormatException {
    String field = "global heap";
    long length = cursor.u32(FIELD);
    long address = file.address(FIELD);
    long index = cursor.u32(FIELD);
    if (length == 0) {
      return;
    }
    file.seek(field, address, 8 + file.lengthSize());
    long start = cursor.position();
    file.signature(field, "GCOL");
    cursor.skip(field, 4);
    long end = start + file.length(field);
    if (end < start || end > cursor.size()) {
      throw cursor.malformed(field, "is longer than the file");
    }
    while (end - cursor.position() >= 8 + file.lengthSize()) {
      int object = cursor.u16(field);
      cursor.skip(field, 2 + 4);
      long size = file.length(field);
      if (object == 0) {
        break; // free space is the last
      }
      if (size < 0 || size > end - cursor.position()) {
        throw cursor.malformed(
            field, "has an object of " + Long.toUnsignedString(size) + " bytes, but fewer follow");
      }
      if (object == index) {
        tell(name, cursor.position(), Math.min(length, size));
        return;
      }
      cursor.seek(Math.min(end, cursor.position() + ((size + 7) & -8)));
    }
    throw cursor.malformed(field, "has no object " + index + ", where attribute " + name + " is");
  }

  private void tell(String name, long at, long size) throws IOException, FormatException {
    if (size > LONGEST_TEXT) {
      throw new FormatException.LimitExceeded(
          cursor.where("attribute " + name),
          at,
          "has " + size + " bytes, over the limit of " + LONGEST_TEXT);
    }
    file.charge("attribute", size);
    cursor.seek(at);
    String value = cursor.text(FIELD, (int) size, StandardCharsets.UTF_8);
    int end = value.length();
    while (end > 0 && value.charAt(end - 1) == '\0') {
      end--;
    }
    listener.attribute(path, name, value.substring(0, end), at);
  }
}
