package dev.vidimus.formats.gguf;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a GGUF file in the order of its bytes: header, metadata, tensor table. Follows
/// `gguf_init_from_reader` of llama.cpp, and reads versions that it has given up too.
public final class GgufReader {
  private static final int NEWEST = 3;
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final String ALIGNMENT = "general.alignment";

  private static final int LONGEST_KEY = 0xffff; // docs/gguf.md: at most 2^16 - 1 bytes
  private static final int LONGEST_NAME = 63; // GGML_MAX_NAME less its final NUL
  private static final long LONGEST_STRING = 1 << 30; // GGUF_MAX_STRING_LENGTH
  private static final int MOST_DIMENSIONS = 4; // GGML_MAX_DIMS
  private static final int MOST_KEYS = 1 << 20;
  private static final int MOST_TENSORS = 1 << 20;
  private static final int DEEPEST_ARRAY = 8; // the loader reads no array in an array at all
  private static final int PRINTED = 80;

  private final long fileSize;
  private final GgufCursor cursor;
  private final int version;
  private final ByteOrder order;
  private final ValueListener listener;
  private final List<GgufValue> metadata = new ArrayList<>();
  private final List<GgufTensor> tensors = new ArrayList<>();
  private long alignment = DEFAULT_ALIGNMENT;

  private GgufReader(
      Bytes bytes, GgufCursor cursor, int version, ByteOrder order, ValueListener listener) {
    this.fileSize = bytes.size();
    this.cursor = cursor;
    this.version = version;
    this.order = order;
    this.listener = listener;
  }

  /// Hears of each metadata value once it was checked, so that what stands before a fault is heard.
  @FunctionalInterface
  public interface ValueListener {
    /// A value was read.
    void value(GgufValue value) throws IOException;
  }

  /// Reads a file that begins with `GGUF`.
  ///
  /// @param source its name in errors
  /// @param listener hears of the metadata
  /// @throws FormatException at the first rule that the file breaks
  /// @throws IOException if the bytes cannot be read
  public static GgufFile read(Bytes bytes, String source, ValueListener listener)
      throws IOException, FormatException {
    ByteCursor start = new ByteCursor(bytes, source);
    if (start.u32Big("magic") != 0x47475546) {
      throw new FormatException.Malformed(start.where("magic"), 0, "is not GGUF");
    }
    long version = start.u32("version");
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    if ((version & 0xffff) == 0) { // so large a version is a small one in the other byte order
      version = Integer.toUnsignedLong(Integer.reverseBytes((int) version));
      order = ByteOrder.BIG_ENDIAN;
    }
    if (version == 0) {
      throw new FormatException.Malformed(start.where("version"), 4, "is 0");
    }
    if (version > NEWEST) {
      throw new FormatException.Unsupported(start.where("version"), 4, "version " + version);
    }
    GgufCursor cursor = new GgufCursor(start, order, version == 1);
    return new GgufReader(bytes, cursor, (int) version, order, listener).read();
  }

  private GgufFile read() throws IOException, FormatException {
    int word = cursor.wordSize();
    // A tensor has at least a name's length, a count of dimensions, a type and an offset; a key has
    // a length, a type and a byte of value.
    int tensorCount = cursor.count("tensor count", word + 4 + 4 + 8, MOST_TENSORS);
    int keyCount = cursor.count("key count", word + 4 + 1, MOST_KEYS);
    readMetadata(keyCount);
    List<Declared> declared = readTable(tensorCount);
    long end = place(declared);
    return new GgufFile(version, order, metadata, tensors, end);
  }

  private void readMetadata(int count) throws IOException, FormatException {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < count; i++) {
      long start = cursor.position();
      String key = cursor.string("key", LONGEST_KEY);
      if (key.isEmpty()) {
        throw cursor.malformed("key", start, "is empty");
      }
      if (!keys.add(key)) {
        throw cursor.malformed("key", start, "occurs twice: " + quoted(key));
      }
      GgufValue value = readValue(key);
      metadata.add(value);
      listener.value(value);
    }
  }

  private GgufValue readValue(String key) throws IOException, FormatException {
    String field = "value of " + quoted(key);
    GgufType type = readType(field);
    if (key.equals(ALIGNMENT)) {
      return readAlignment(key, field, type);
    }
    if (type == GgufType.ARRAY) {
      GgufType element = readType(field);
      long start = cursor.position();
      long count = cursor.word(field);
      long offset = cursor.position();
      skipElements(field, element, count, start, 1);
      return new GgufValue(key, type, element, count, offset, cursor.position() - offset);
    }
    if (type == GgufType.STRING) {
      long size = cursor.stringLength(field, LONGEST_STRING);
      long offset = cursor.position();
      cursor.skip(field, size);
      return new GgufValue(key, type, type, 1, offset, size);
    }
    long offset = cursor.position();
    cursor.skip(field, type.size());
    return new GgufValue(key, type, type, 1, offset, type.size());
  }

  private GgufType readType(String field) throws IOException, FormatException {
    long start = cursor.position();
    long code = cursor.u32(field);
    GgufType type = GgufType.of(code);
    if (type == null) {
      throw cursor.malformed(field, start, "is of unknown type " + code);
    }
    return type;
  }

  private GgufValue readAlignment(String key, String field, GgufType type)
      throws IOException, FormatException {
    long offset = cursor.position();
    if (type != GgufType.UINT32) {
      throw cursor.malformed(field, offset, "is of type " + type + ", not UINT32");
    }
    alignment = cursor.u32(field);
    if (Long.bitCount(alignment) != 1) {
      throw cursor.malformed(field, offset, alignment + " is no power of two");
    }
    return new GgufValue(key, type, type, 1, offset, Integer.BYTES);
  }

  /// Passes over the elements of an array, whose count was declared at `start`.
  private void skipElements(String field, GgufType element, long count, long start, int depth)
      throws IOException, FormatException {
    if (depth > DEEPEST_ARRAY) {
      throw new FormatException.LimitExceeded(
          cursor.where(field), start, "arrays nested deeper than " + DEEPEST_ARRAY);
    }
    long least =
        switch (element) {
          case STRING -> cursor.wordSize();
          case ARRAY -> Integer.BYTES + cursor.wordSize();
          case UINT8, INT8, UINT16, INT16, UINT32, INT32, FLOAT32, BOOL, UINT64, INT64, FLOAT64 ->
              element.size();
        };
    // Divided, because the product could overflow.
    if (Long.compareUnsigned(count, cursor.remaining() / least) > 0) {
      throw cursor.malformed(
          field,
          start,
          "declares "
              + Long.toUnsignedString(count)
              + " elements of at least "
              + least
              + " bytes, but "
              + cursor.remaining()
              + " bytes follow");
    }
    if (element == GgufType.STRING) {
      for (long i = 0; i < count; i++) {
        cursor.skip(field, cursor.stringLength(field, LONGEST_STRING));
      }
    } else if (element == GgufType.ARRAY) {
      for (long i = 0; i < count; i++) {
        GgufType inner = readType(field);
        long innerStart = cursor.position();
        skipElements(field, inner, cursor.word(field), innerStart, depth + 1);
      }
    } else {
      cursor.skip(field, count * least);
    }
  }

  /// A tensor before its place in the file is known.
  private record Declared(
      String name, GgmlType type, Shape shape, long offset, long size, long at) {}

  private List<Declared> readTable(int count) throws IOException, FormatException {
    Set<String> names = new HashSet<>();
    List<Declared> declared = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = cursor.position();
      String name = cursor.string("tensor name", LONGEST_KEY);
      if (name.length() > LONGEST_NAME) {
        throw cursor.malformed("tensor name", start, "is longer than 63 bytes: " + quoted(name));
      }
      if (!names.add(name)) {
        throw cursor.malformed("tensor name", start, "occurs twice: " + quoted(name));
      }
      declared.add(readTensor(name, "tensor " + quoted(name)));
    }
    return declared;
  }

  private Declared readTensor(String name, String field) throws IOException, FormatException {
    long start = cursor.position();
    long rank = cursor.u32(field);
    if (rank > MOST_DIMENSIONS) {
      throw cursor.malformed(field, start, "has " + rank + " dimensions, over the format's 4");
    }
    long[] dimensions = new long[(int) rank];
    for (int i = 0; i < rank; i++) {
      dimensions[i] = cursor.word(field);
    }
    Shape shape = Shape.of(dimensions);
    long typeStart = cursor.position();
    long code = cursor.u32(field);
    GgmlType type = GgmlType.of(code);
    if (type == null) {
      throw new FormatException.Unsupported(
          cursor.where(field), typeStart, "tensor type " + code + " is not known");
    }
    long size = size(field, start, type, shape);
    return new Declared(name, type, shape, cursor.u64(field), size, start);
  }

  private long size(String field, long start, GgmlType type, Shape shape) throws FormatException {
    long row = shape.rank() == 0 ? 1 : shape.dimension(0);
    if (Long.remainderUnsigned(row, type.blockElements()) != 0) {
      throw cursor.malformed(
          field,
          start,
          "has rows of "
              + Long.toUnsignedString(row)
              + ", no multiple of "
              + type
              + "'s blocks of "
              + type.blockElements());
    }
    try {
      long elements = shape.elements();
      if (elements < 0) {
        throw new ArithmeticException(Long.toUnsignedString(elements) + " elements");
      }
      long size = Shape.multiplied(elements / type.blockElements(), type.blockBytes());
      if (size < 0) {
        throw new ArithmeticException(Long.toUnsignedString(size) + " bytes");
      }
      return size;
    } catch (ArithmeticException e) {
      throw cursor.malformed(field, start, "shape " + shape + " overflows: " + e.getMessage());
    }
  }

  /// Each tensor begins at the padded end of the one before it, and the data with padding too.
  private long place(List<Declared> declared) throws FormatException {
    long begin = padded(cursor.position());
    long expected = 0;
    long end = cursor.position();
    for (Declared tensor : declared) {
      String field = "tensor " + quoted(tensor.name);
      if (tensor.offset != expected) {
        String aligned =
            Long.remainderUnsigned(tensor.offset, alignment) == 0
                ? ""
                : ", which is not aligned to " + alignment;
        throw cursor.malformed(
            field,
            tensor.at,
            "has offset "
                + Long.toUnsignedString(tensor.offset)
                + aligned
                + "; expected "
                + expected);
      }
      long left = fileSize - begin - expected; // below 0 if even the padding is missing
      if (left < 0 || tensor.size > left) {
        throw cursor.malformed(
            field,
            tensor.at,
            "needs "
                + tensor.size
                + " bytes at "
                + (begin + expected)
                + ", but the file has "
                + fileSize);
      }
      tensors.add(
          new GgufTensor(tensor.name, tensor.type, tensor.shape, begin + expected, tensor.size));
      end = begin + expected + tensor.size;
      expected += padded(tensor.size);
    }
    return end;
  }

  // Cannot overflow: sizes and positions are below that of a file, alignments below 2^32.
  private long padded(long size) {
    return (size + alignment - 1) & -alignment;
  }

  private static String quoted(String name) {
    return "\"" + Printable.of(name, PRINTED) + "\"";
  }
}
