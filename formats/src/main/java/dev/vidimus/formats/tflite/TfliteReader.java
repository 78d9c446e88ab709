package dev.vidimus.formats.tflite;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.flatbuffer.FlatBuffer;
import dev.vidimus.formats.flatbuffer.FlatBuffer.Vector;
import java.io.IOException;

/// Reads a model and proves what the runtime takes for granted.
public final class TfliteReader {
  private static final int CUSTOM = 32; // of BuiltinOperator
  private static final int LAST_IN_A_BYTE = 127; // of codes that fit the older field
  private static final long VERSION = 3;
  private static final long MOST_STEPS = 1L << 24;
  private static final int REFERENCE = Integer.BYTES;

  private final FlatBuffer file;
  private final Listener listener;
  private long steps = MOST_STEPS;

  private TfliteReader(FlatBuffer file, Listener listener) {
    this.file = file;
    this.listener = listener;
  }

  /// Hears of what only other code can run.
  @FunctionalInterface
  public interface Listener {
    /// The model uses an operator that is not built in.
    ///
    /// @param name by which a program registers it
    void custom(String name) throws IOException;
  }

  /// Reads a file.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first thing that does not hold
  /// @throws IOException if the bytes cannot be read
  public static void read(Bytes bytes, String source, Listener listener)
      throws IOException, FormatException {
    new TfliteReader(new FlatBuffer(bytes, source), listener).model();
  }

  private void model() throws IOException, FormatException {
    long model = file.root("model");
    Vector codes = file.vector("operator codes", model, 1, REFERENCE);
    for (int i = 0; i < codes.count(); i++) {
      step();
      code(file.element("operator code", codes, i));
    }
    long version = file.int32("version", model, 0, 0);
    if (version != VERSION) {
      throw file.malformed("version", "is " + version + ", not " + VERSION);
    }
    file.text("description", model, 3);
    Vector buffers = file.vector("buffers", model, 4, REFERENCE);
    for (int i = 0; i < buffers.count(); i++) {
      step();
      buffer(file.element("buffer", buffers, i));
    }
    Vector graphs = file.vector("subgraphs", model, 2, REFERENCE);
    for (int i = 0; i < graphs.count(); i++) {
      step();
      graph(file.element("subgraph", graphs, i), codes, buffers);
    }
    metadata(model, buffers);
  }

  private void step() throws FormatException {
    if (--steps < 0) {
      throw file.over("model", "more than " + MOST_STEPS + " parts");
    }
  }

  private void code(long code) throws IOException, FormatException {
    int old = file.u8("builtin code", code, 0);
    long builtin = file.int32("builtin code", code, 3, 0);
    long number = Math.max(builtin, old > LAST_IN_A_BYTE ? 0 : old);
    String custom = file.text("custom code", code, 1);
    if (number == CUSTOM || !custom.isEmpty()) {
      listener.custom(custom);
    }
  }

  /// Data are in the table, or behind it where the file says.
  private void buffer(long buffer) throws IOException, FormatException {
    file.vector("buffer", buffer, 0, 1);
    long offset = file.int64("buffer", buffer, 1);
    long size = file.int64("buffer", buffer, 2);
    if (offset > 1 && (size < 0 || offset > file.size() || size > file.size() - offset)) {
      throw file.malformed(
          "buffer",
          "is said to have "
              + Long.toUnsignedString(size)
              + " bytes at "
              + offset
              + ", but the file has "
              + file.size());
    }
    if (offset < 0) {
      throw file.malformed("buffer", "is said to be at " + Long.toUnsignedString(offset));
    }
  }

  private void graph(long graph, Vector codes, Vector buffers) throws IOException, FormatException {
    Vector tensors = file.vector("tensors", graph, 0, REFERENCE);
    for (int i = 0; i < tensors.count(); i++) {
      step();
      tensor(file.element("tensor", tensors, i), buffers);
    }
    indices("inputs", graph, 1, tensors);
    indices("outputs", graph, 2, tensors);
    Vector operators = file.vector("operators", graph, 3, REFERENCE);
    for (int i = 0; i < operators.count(); i++) {
      step();
      long operator = file.element("operator", operators, i);
      long code = file.int32("opcode index", operator, 0, 0);
      if (!codes.has(code)) {
        throw file.malformed(
            "opcode index", "is " + code + ", but there are " + codes.count() + " codes");
      }
      indices("inputs", operator, 1, tensors);
      indices("outputs", operator, 2, tensors);
      file.table("builtin options", operator, 4);
      file.vector("custom options", operator, 5, 1);
    }
    file.text("name", graph, 4);
  }

  private void tensor(long tensor, Vector buffers) throws IOException, FormatException {
    file.vector("shape", tensor, 0, Integer.BYTES);
    long buffer = file.int32("buffer index", tensor, 2, 0);
    // 0 stands for no data, even where there are no buffers at all.
    if (buffer != 0 && !buffers.has(buffer)) {
      throw file.malformed(
          "buffer index", "is " + buffer + ", but there are " + buffers.count() + " buffers");
    }
    file.text("name", tensor, 3);
    file.table("quantization", tensor, 4);
  }

  /// -1 stands for an input that is left out.
  private void indices(String field, long table, int slot, Vector tensors)
      throws IOException, FormatException {
    Vector indices = file.vector(field, table, slot, Integer.BYTES);
    for (int i = 0; i < indices.count(); i++) {
      step();
      long index = file.int32(field, indices.at() + (long) i * Integer.BYTES);
      if (index != -1 && !tensors.has(index)) {
        throw file.malformed(
            field, "have the tensor " + index + ", but there are " + tensors.count());
      }
    }
  }

  private void metadata(long model, Vector buffers) throws IOException, FormatException {
    Vector entries = file.vector("metadata", model, 6, REFERENCE);
    for (int i = 0; i < entries.count(); i++) {
      step();
      long entry = file.element("metadata", entries, i);
      file.text("metadata", entry, 0);
      long buffer = file.int32("metadata", entry, 1, 0);
      if (buffer != 0 && !buffers.has(buffer)) {
        throw file.malformed(
            "metadata", "are in buffer " + buffer + ", but there are " + buffers.count());
      }
    }
  }
}
