package dev.vidimus.formats.safetensors;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonReader.Kind;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and checks a file's header, in the order of its bytes. The buffer is not read.
///
/// Memory is bounded by the header, at most about three times its size.
public final class SafetensorsReader {
  private static final int LENGTH_SIZE = 8;
  private static final long LONGEST_HEADER = 100_000_000;
  private static final JsonLimits LIMITS =
      new JsonLimits(LONGEST_HEADER, 128, 1 << 20, (int) LONGEST_HEADER, 1_000);
  private static final String METADATA = "__metadata__";
  private static final int PRINTED = 80;

  private final Bytes bytes;
  private final String source;
  private final MetadataListener listener;
  private final List<SafetensorsTensor> tensors = new ArrayList<>();
  private long[] dimensions = new long[8];

  private SafetensorsReader(Bytes bytes, String source, MetadataListener listener) {
    this.bytes = bytes;
    this.source = source;
    this.listener = listener;
  }

  /// Hears of each entry of `__metadata__` while the header is read, so that what stands before a
  /// fault is heard as well.
  @FunctionalInterface
  public interface MetadataListener {
    /// An entry was read.
    ///
    /// @param name as the file has it
    /// @param text as the file has it
    /// @param offset where the text stands, in bytes from the start of the file
    void entry(String name, String text, long offset);
  }

  /// Reads a file.
  ///
  /// @param source its name in errors
  /// @param listener hears of the metadata
  /// @throws FormatException at the first rule that the file breaks
  /// @throws IOException if the bytes cannot be read
  public static SafetensorsFile read(Bytes bytes, String source, MetadataListener listener)
      throws IOException, FormatException {
    return new SafetensorsReader(bytes, source, listener).read();
  }

  private SafetensorsFile read() throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(bytes, source);
    long length = cursor.length64("header length", Long.MAX_VALUE);
    if (length > LONGEST_HEADER) { // the reference calls this an error of the file, not a limit
      throw malformed("header length", 0, length + " bytes, over the format's 100,000,000");
    }
    if (length < 2 || cursor.u8("header") != '{') {
      throw malformed("header", LENGTH_SIZE, "does not begin with {");
    }
    Bytes header = bytes.slice(LENGTH_SIZE, length);
    requirePaddingOfSpaces(header);
    try (JsonReader json = new JsonReader(header, source + ": header", LIMITS, LENGTH_SIZE)) {
      readHeader(json);
    }
    requireContiguous(LENGTH_SIZE + length);
    return new SafetensorsFile(LENGTH_SIZE + length, Collections.unmodifiableList(tensors));
  }

  private void requirePaddingOfSpaces(Bytes header) throws IOException, FormatException {
    long end = header.size();
    byte[] chunk = new byte[512];
    while (end > 0) {
      int count = (int) Math.min(chunk.length, end);
      header.read(end - count, chunk, 0, count);
      for (int i = count - 1; i >= 0; i--) {
        if (chunk[i] == '}') {
          return;
        }
        if (chunk[i] != ' ') {
          throw malformed(
              "header", LENGTH_SIZE + end - count + i, "ends in something other than } and spaces");
        }
      }
      end -= count;
    }
    throw malformed("header", LENGTH_SIZE, "has no end");
  }

  private void readHeader(JsonReader json) throws IOException, FormatException {
    json.object("header");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals(METADATA)) {
        readMetadata(json);
      } else {
        tensors.add(readTensor(json, name));
      }
    }
    json.end();
  }

  private void readMetadata(JsonReader json) throws IOException, FormatException {
    if (json.kind(METADATA) == Kind.NULL) {
      return; // an absent option, to the reference
    }
    json.object(METADATA);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      long offset = json.position();
      listener.entry(name, json.string("metadata " + quoted(name)), offset);
    }
  }

  private SafetensorsTensor readTensor(JsonReader json, String name)
      throws IOException, FormatException {
    @Nullable SafetensorsType type = null;
    @Nullable Shape shape = null;
    long begin = -1;
    long end = -1;
    boolean placed = false;
    json.object("tensor");
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      switch (field) {
        case "dtype" -> type = readType(json, name);
        case "shape" -> shape = readShape(json);
        case "data_offsets" -> {
          json.array(field);
          begin = nextOffset(json, name);
          end = nextOffset(json, name);
          if (json.nextElement()) {
            throw json.malformed(field, "has more than two offsets");
          }
          placed = true;
        }
        default -> json.skip(field); // the reference ignores what it does not know
      }
    }
    if (type == null || shape == null || !placed) {
      throw json.malformed("tensor " + quoted(name), "lacks dtype, shape or data_offsets");
    }
    return new SafetensorsTensor(name, type, shape, begin, end);
  }

  private static SafetensorsType readType(JsonReader json, String name)
      throws IOException, FormatException {
    String word = json.string("dtype");
    SafetensorsType type = SafetensorsType.named(word);
    if (type == null) {
      throw json.malformed("dtype of tensor " + quoted(name), "unknown: " + quoted(word));
    }
    return type;
  }

  private Shape readShape(JsonReader json) throws IOException, FormatException {
    json.array("shape");
    int rank = 0;
    while (json.nextElement()) {
      if (rank == dimensions.length) {
        dimensions = Arrays.copyOf(dimensions, rank * 2);
      }
      dimensions[rank++] = json.unsigned("shape");
    }
    return Shape.of(Arrays.copyOf(dimensions, rank));
  }

  private static long nextOffset(JsonReader json, String name) throws IOException, FormatException {
    if (!json.nextElement()) {
      throw json.malformed("data_offsets of tensor " + quoted(name), "has fewer than two offsets");
    }
    return json.unsigned("data_offsets");
  }

  /// Sorted by their offsets, each tensor begins where the one before it ended, has the size that
  /// its type and shape ask for, and the last ends with the file.
  private void requireContiguous(long bufferOffset) throws FormatException {
    tensors.sort(BY_OFFSETS);
    long buffer = bytes.size() - bufferOffset;
    long expected = 0;
    for (SafetensorsTensor tensor : tensors) {
      long at = bufferOffset + Math.min(expected, buffer);
      if (Long.compareUnsigned(tensor.end(), tensor.begin()) < 0) {
        throw broken(tensor, at, "ends before it begins: " + range(tensor));
      }
      if (Long.compareUnsigned(tensor.end(), buffer) > 0) {
        throw broken(tensor, at, "ends after the buffer of " + buffer + " bytes: " + range(tensor));
      }
      if (tensor.begin() != expected) {
        String how = tensor.begin() < expected ? "overlaps the one before" : "leaves a hole before";
        throw broken(tensor, at, how + ": expected to begin at " + expected + ": " + range(tensor));
      }
      requireSize(tensor, at);
      expected = tensor.end();
    }
    if (expected != buffer) {
      throw malformed(
          "buffer",
          bufferOffset + expected,
          "the tensors end after " + expected + " bytes, but the buffer has " + buffer);
    }
  }

  private void requireSize(SafetensorsTensor tensor, long at) throws FormatException {
    long bits;
    try {
      bits = Shape.multiplied(tensor.shape().elements(), tensor.type().bits());
    } catch (ArithmeticException e) {
      throw broken(tensor, at, "shape " + tensor.shape() + " overflows: " + e.getMessage());
    }
    if (bits % 8 != 0) {
      throw broken(tensor, at, "shape " + tensor.shape() + " does not fill whole bytes");
    }
    if (bits >>> 3 != tensor.size()) {
      throw broken(
          tensor,
          at,
          tensor.type()
              + " "
              + tensor.shape()
              + " needs "
              + (bits >>> 3)
              + " bytes, not the "
              + tensor.size()
              + " declared");
    }
  }

  private static final Comparator<SafetensorsTensor> BY_OFFSETS =
      (a, b) -> {
        int order = Long.compareUnsigned(a.begin(), b.begin());
        return order != 0 ? order : Long.compareUnsigned(a.end(), b.end());
      };

  private static String range(SafetensorsTensor tensor) {
    return "["
        + Long.toUnsignedString(tensor.begin())
        + ", "
        + Long.toUnsignedString(tensor.end())
        + "]";
  }

  private static String quoted(String name) {
    return "\"" + Printable.of(name, PRINTED) + "\"";
  }

  private FormatException broken(SafetensorsTensor tensor, long at, String problem) {
    return malformed("tensor " + quoted(tensor.name()), at, problem);
  }

  private FormatException.Malformed malformed(String field, long at, String problem) {
    return new FormatException.Malformed(source + ": " + field, at, problem);
  }
}
