package dev.vidimus.formats.onnx;

import static dev.vidimus.formats.protobuf.ProtoReader.BYTES;
import static dev.vidimus.formats.protobuf.ProtoReader.FIXED32;
import static dev.vidimus.formats.protobuf.ProtoReader.FIXED64;
import static dev.vidimus.formats.protobuf.ProtoReader.VARINT;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.protobuf.ProtoReader;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of one `TensorProto` as they come, and whether they agree with one another.
final class TensorFields {
  private static final int DIM = 1 << 3 | VARINT;
  private static final int DIMS = 1 << 3 | BYTES;
  private static final int TYPE = 2 << 3 | VARINT;
  private static final int FLOAT = 4 << 3 | FIXED32;
  private static final int FLOATS = 4 << 3 | BYTES;
  private static final int INT32 = 5 << 3 | VARINT;
  private static final int INT32S = 5 << 3 | BYTES;
  private static final int STRING = 6 << 3 | BYTES;
  private static final int INT64 = 7 << 3 | VARINT;
  private static final int INT64S = 7 << 3 | BYTES;
  private static final int NAME = 8 << 3 | BYTES;
  private static final int RAW = 9 << 3 | BYTES;
  private static final int DOUBLE = 10 << 3 | FIXED64;
  private static final int DOUBLES = 10 << 3 | BYTES;
  private static final int UINT64 = 11 << 3 | VARINT;
  private static final int UINT64S = 11 << 3 | BYTES;
  private static final int EXTERNAL = 13 << 3 | BYTES;
  private static final int LOCATION = 14 << 3 | VARINT;

  private static final int FLOAT32_TYPE = 1;
  private static final int FLOAT64_TYPE = 11;
  private static final int LONGEST_NAME = 4096;
  private static final int LONGEST_PATH = 1 << 16;
  private static final int MOST_ENTRIES = 64;

  private final ProtoReader proto;
  private final int scope;
  private final long offset;
  private final Numbers dims = new Numbers();
  private final Numbers elements = new Numbers();
  private final List<OnnxTensor.Entry> external = new ArrayList<>(0);
  private String name = "";
  private long type;
  private boolean isElsewhere;
  private long raw = -1;
  private long rawAt;
  private int packed;
  private boolean isFloats;
  private long packedAt;
  private long packedSize;

  /// The most elements that the typed fields can hold.
  private long typed;

  TensorFields(ProtoReader proto, int scope) {
    this.proto = proto;
    this.scope = scope;
    this.offset = proto.offset();
  }

  /// Takes the field at hand.
  void field() throws IOException, FormatException {
    switch (proto.tag()) {
      case DIM -> dims.add(proto.value());
      case DIMS -> dims.addPacked(proto, "dims");
      case TYPE -> type = proto.value();
      case NAME -> name = proto.text("name", LONGEST_NAME);
      case FLOAT, DOUBLE -> {
        typed++;
        packed = 2; // single numbers between the packed ones: not in one piece
      }
      case INT32, UINT64, STRING -> typed++;
      case FLOATS -> takePacked(true);
      case DOUBLES -> takePacked(false);
      case INT32S, UINT64S -> typed += proto.length(); // an element has a byte at least
      case INT64 -> {
        typed++;
        elements.add(proto.value());
      }
      case INT64S -> {
        typed += proto.length();
        elements.addPacked(proto, "int64_data");
      }
      case RAW -> takeRaw();
      case EXTERNAL -> takeExternal();
      case LOCATION -> isElsewhere = proto.value() == 1;
      default -> {}
    }
  }

  private void takeRaw() throws IOException, FormatException {
    raw = proto.length();
    rawAt = proto.content();
    if (raw <= (long) Numbers.MOST * Long.BYTES && raw % Long.BYTES == 0) {
      ByteBuffer few = ByteBuffer.wrap(proto.array("raw_data", Numbers.MOST * Long.BYTES));
      few.order(ByteOrder.LITTLE_ENDIAN);
      while (few.hasRemaining()) {
        elements.add(few.getLong());
      }
    }
  }

  private void takeExternal() throws IOException, FormatException {
    if (external.size() == MOST_ENTRIES) {
      throw proto.malformed("external_data", "has more than " + MOST_ENTRIES + " entries");
    }
    external.add(OnnxReader.entry(proto, "external_data", LONGEST_PATH));
  }

  /// What was read, sensible or not.
  OnnxTensor tensor() {
    Shape shape = dims.shape();
    boolean isList = type == ElementType.INT64 && shape != null && shape.rank() <= 1;
    @Nullable Shape numbers = isList ? elements.shape() : null;
    return new OnnxTensor(
        name, shape == null ? Shape.SCALAR : shape, external, numbers, scope, offset, payload());
  }

  private OnnxTensor.Payload payload() {
    if (isElsewhere) {
      return new OnnxTensor.Payload(type, -1, 0);
    }
    if (raw >= 0) {
      return new OnnxTensor.Payload(type, rawAt, raw);
    }
    boolean isPlain =
        packed == 1 && ((type == FLOAT32_TYPE && isFloats) || (type == FLOAT64_TYPE && !isFloats));
    return new OnnxTensor.Payload(type, isPlain ? packedAt : -1, isPlain ? packedSize : 0);
  }

  private void takePacked(boolean floats) {
    packed++;
    isFloats = floats;
    packedAt = proto.content();
    packedSize = proto.length();
    typed += proto.length() / (floats ? Float.BYTES : Double.BYTES);
  }

  /// Requires that the dimensions make sense and the data are as many as they say.
  void check() throws FormatException.Malformed {
    Shape shape = dims.shape();
    if (shape == null) {
      throw broken("has more than " + Numbers.MOST + " dimensions");
    }
    long count;
    try {
      for (int i = 0; i < shape.rank(); i++) {
        if (shape.dimension(i) < 0) {
          throw broken("has the dimension " + shape.dimension(i));
        }
      }
      count = shape.elements();
    } catch (ArithmeticException e) {
      throw broken("shape " + shape + " overflows: " + e.getMessage());
    }
    int bits = ElementType.bits(type);
    long size = size(shape, count, bits);
    if (isElsewhere) {
      checkExternal(size, bits);
    } else if (raw >= 0) {
      if (bits > 0 && raw != size) {
        throw broken("shape " + shape + " takes " + size + " bytes, but there are " + raw);
      }
    } else if (typed < (bits > 0 && bits < Byte.SIZE ? size : count)) {
      throw broken("shape " + shape + " has " + count + " elements, but " + typed + " are stored");
    }
  }

  private long size(Shape shape, long count, int bits) throws FormatException.Malformed {
    if (count < 0 || count > Long.MAX_VALUE / Math.max(bits, Byte.SIZE) - Byte.SIZE) {
      throw broken("shape " + shape + " overflows");
    }
    return (count * bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /// Offset and length are numbers, and the length is enough.
  private void checkExternal(long size, int bits) throws FormatException.Malformed {
    boolean isPlaced = false;
    for (OnnxTensor.Entry entry : external) {
      switch (entry.key()) {
        case "location" -> isPlaced = !entry.value().isEmpty();
        case "offset" -> number(entry);
        case "length" -> {
          long length = number(entry);
          if (bits > 0 && length != size) {
            throw broken("takes " + size + " bytes, but " + length + " are said to be external");
          }
        }
        default -> {}
      }
    }
    if (!isPlaced) {
      throw broken("has external data without a location");
    }
  }

  private long number(OnnxTensor.Entry entry) throws FormatException.Malformed {
    try {
      long value = Long.parseLong(entry.value());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below, as a negative number is
    }
    throw broken(
        "has external data whose "
            + entry.key()
            + " is \""
            + Printable.of(entry.value(), 40)
            + "\"");
  }

  private FormatException.Malformed broken(String problem) {
    String shown = Printable.of(name, 80);
    return new FormatException.Malformed(proto.where("tensor \"" + shown + "\""), offset, problem);
  }
}
