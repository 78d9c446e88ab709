package dev.vidimus.formats.gguf;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the containers before GGUF as llama.cpp wrote them until August 2023: `ggml` (no version),
/// `ggmf` (1), `ggjt` (1 to 3) and the adapters of `ggla` (1).
///
/// Hyperparameters and vocabulary are followed by tensors up to the end of the file. The magic
/// `ggml` was also used by other programs with other hyperparameters; such a file is not read.
public final class GgmlReader {
  private static final int HYPERPARAMETERS = 7 * Integer.BYTES;
  private static final int LONGEST_TOKEN = 1 << 16;
  private static final int LONGEST_NAME = 1 << 10;
  private static final int MOST_TENSORS = 1 << 20;
  private static final int ALIGNMENT = 32;

  private final ByteCursor cursor;
  private final Container container;
  private final long version;

  private GgmlReader(ByteCursor cursor, Container container, long version) {
    this.cursor = cursor;
    this.container = container;
    this.version = version;
  }

  /// The magic numbers, and the versions that followed each.
  private enum Container {
    GGML(0x67676d6c, 0),
    GGMF(0x67676d66, 1),
    GGJT(0x67676a74, 3),
    GGLA(0x67676c61, 1);

    private final int magic;
    private final int newest;

    Container(int magic, int newest) {
      this.magic = magic;
      this.newest = newest;
    }
  }

  /// Reads a file that begins with one of the magic numbers.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first rule that the file breaks
  /// @throws IOException if the bytes cannot be read
  public static GgufFile read(Bytes bytes, String source) throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(bytes, source);
    Container container = container(cursor);
    long version = 0;
    if (container != Container.GGML) {
      version = cursor.u32("version");
      if (version < 1 || version > container.newest) {
        throw new FormatException.Unsupported(
            cursor.where("version"), 4, container + " version " + version);
      }
    }
    try {
      return new GgmlReader(cursor, container, version).read();
    } catch (FormatException.Malformed e) {
      if (container == Container.GGML) {
        throw new FormatException.Unsupported(
            cursor.where("file"), 0, "ggml file that is not one of llama.cpp: " + e.problem());
      }
      throw e;
    }
  }

  private static Container container(ByteCursor cursor) throws IOException, FormatException {
    int magic = cursor.i32("magic");
    for (Container container : Container.values()) {
      if (container.magic == magic) {
        return container;
      }
    }
    throw new FormatException.Unsupported(
        cursor.where("magic"), 0, "GGML container 0x" + Integer.toHexString(magic));
  }

  private GgufFile read() throws IOException, FormatException {
    if (container == Container.GGLA) {
      cursor.skip("rank and alpha", 2 * Integer.BYTES);
    } else {
      readVocabulary();
    }
    List<GgufTensor> tensors = readTensors();
    return new GgufFile(0, ByteOrder.LITTLE_ENDIAN, List.of(), tensors, cursor.position());
  }

  private void readVocabulary() throws IOException, FormatException {
    long start = cursor.position();
    long count = cursor.u32("vocabulary size");
    cursor.skip("hyperparameters", HYPERPARAMETERS - Integer.BYTES);
    boolean scored = container != Container.GGML;
    int least = Integer.BYTES + (scored ? Float.BYTES : 0);
    if (count > cursor.remaining() / least) {
      throw new FormatException.Malformed(
          cursor.where("vocabulary size"),
          start,
          "declares " + count + " tokens but " + cursor.remaining() + " bytes follow");
    }
    for (long i = 0; i < count; i++) {
      cursor.skip("token", cursor.length32("token", LONGEST_TOKEN));
      cursor.skip("token score", scored ? Float.BYTES : 0);
    }
  }

  private List<GgufTensor> readTensors() throws IOException, FormatException {
    List<GgufTensor> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (cursor.hasRemaining()) {
      if (tensors.size() == MOST_TENSORS) {
        throw new FormatException.LimitExceeded(
            cursor.where("tensor"), cursor.position(), "more than " + MOST_TENSORS + " tensors");
      }
      GgufTensor tensor = readTensor();
      if (!names.add(tensor.name())) {
        throw cursor.malformed("tensor name", "occurs twice");
      }
      tensors.add(tensor);
    }
    return tensors;
  }

  private GgufTensor readTensor() throws IOException, FormatException {
    long start = cursor.position();
    long rank = cursor.u32("dimension count");
    int nameLength = cursor.length32("name length", LONGEST_NAME);
    long code = cursor.u32("tensor type");
    if (rank < 1 || rank > 4) {
      throw new FormatException.Malformed(
          cursor.where("dimension count"), start, rank + " dimensions");
    }
    GgmlType type = GgmlType.of(code);
    if (type == null) {
      throw new FormatException.Malformed(
          cursor.where("tensor type"), start + 8, "unknown type " + code);
    }
    long[] dimensions = new long[(int) rank];
    for (int i = 0; i < rank; i++) {
      dimensions[i] = cursor.u32("dimension");
    }
    String name = cursor.text("tensor name", nameLength, StandardCharsets.UTF_8);
    if (container == Container.GGJT || container == Container.GGLA) {
      long padding = -cursor.position() & (ALIGNMENT - 1);
      cursor.skip("padding", padding);
    }
    Shape shape = Shape.of(dimensions);
    long offset = cursor.position();
    long size = size(start, type, shape);
    cursor.skip("tensor data", size);
    return new GgufTensor(name, type, shape, offset, size);
  }

  private long size(long start, GgmlType type, Shape shape) throws FormatException {
    long row = shape.dimension(0);
    try {
      long elements = shape.elements();
      if (row % type.blockElements() != 0 || elements < 0) {
        throw new ArithmeticException("rows of " + row + " in blocks of " + type.blockElements());
      }
      return Shape.multiplied(elements / type.blockElements(), blockBytes(type));
    } catch (ArithmeticException e) {
      throw new FormatException.Malformed(
          cursor.where("shape"), start, shape + " of " + type + ": " + e.getMessage());
    }
  }

  /// Before version 3 of `ggjt`, three types had scales of 32 bits instead of 16.
  private int blockBytes(GgmlType type) {
    if (container == Container.GGLA || version == 3) {
      return type.blockBytes();
    }
    if (type == GgmlType.Q4_0) {
      return 20;
    }
    if (type == GgmlType.Q4_1) {
      return 24;
    }
    return type == GgmlType.Q8_0 ? 36 : type.blockBytes();
  }
}
