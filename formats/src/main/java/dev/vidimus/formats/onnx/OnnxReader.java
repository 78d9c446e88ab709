package dev.vidimus.formats.onnx;

import static dev.vidimus.formats.protobuf.ProtoReader.BYTES;
import static dev.vidimus.formats.protobuf.ProtoReader.VARINT;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.protobuf.ProtoReader;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a model: `ModelProto` and everything inside it, field by field. A message that occurs
/// twice where one is meant is merged by the loaders; here both are read, which sees as much.
///
/// The recursion from graphs to attributes and back ends where [ProtoReader] ends it.
public final class OnnxReader {
  private static final int LONGEST_NAME = 4096;
  private static final int LONGEST_METADATA = 1 << 20;
  private static final int MOST_NAMES = 8;
  private static final byte[] ORT = "ORTM".getBytes(StandardCharsets.ISO_8859_1);

  private static final int MODEL_GRAPH = 7 << 3 | BYTES;
  private static final int MODEL_METADATA = 14 << 3 | BYTES;
  private static final int MODEL_TRAINING = 20 << 3 | BYTES;
  private static final int MODEL_FUNCTION = 25 << 3 | BYTES;

  private static final int TRAINING_INITIALIZATION = 1 << 3 | BYTES;
  private static final int TRAINING_ALGORITHM = 2 << 3 | BYTES;

  private static final int GRAPH_NODE = 1 << 3 | BYTES;
  private static final int GRAPH_INITIALIZER = 5 << 3 | BYTES;
  private static final int GRAPH_SPARSE = 15 << 3 | BYTES;
  private static final int GRAPH_METADATA = 16 << 3 | BYTES;

  private static final int FUNCTION_NAME = 1 << 3 | BYTES;
  private static final int FUNCTION_NODE = 7 << 3 | BYTES;
  private static final int FUNCTION_DOMAIN = 10 << 3 | BYTES;
  private static final int FUNCTION_ATTRIBUTE = 11 << 3 | BYTES;
  private static final int FUNCTION_METADATA = 14 << 3 | BYTES;

  private static final int NODE_INPUT = 1 << 3 | BYTES;
  private static final int NODE_OUTPUT = 2 << 3 | BYTES;
  private static final int NODE_NAME = 3 << 3 | BYTES;
  private static final int NODE_TYPE = 4 << 3 | BYTES;
  private static final int NODE_ATTRIBUTE = 5 << 3 | BYTES;
  private static final int NODE_DOMAIN = 7 << 3 | BYTES;
  private static final int NODE_METADATA = 9 << 3 | BYTES;

  private static final int ATTRIBUTE_NAME = 1 << 3 | BYTES;
  private static final int ATTRIBUTE_TENSOR = 5 << 3 | BYTES;
  private static final int ATTRIBUTE_GRAPH = 6 << 3 | BYTES;
  private static final int ATTRIBUTE_INT = 8 << 3 | VARINT;
  private static final int ATTRIBUTE_INTS = 8 << 3 | BYTES;
  private static final int ATTRIBUTE_TENSORS = 10 << 3 | BYTES;
  private static final int ATTRIBUTE_GRAPHS = 11 << 3 | BYTES;
  private static final int ATTRIBUTE_SPARSE = 22 << 3 | BYTES;
  private static final int ATTRIBUTE_SPARSES = 23 << 3 | BYTES;

  private static final int SPARSE_VALUES = 1 << 3 | BYTES;
  private static final int SPARSE_INDICES = 2 << 3 | BYTES;

  private static final int ENTRY_KEY = 1 << 3 | BYTES;
  private static final int ENTRY_VALUE = 2 << 3 | BYTES;

  private final ProtoReader proto;
  private final OnnxListener listener;
  private int scope;
  private int scopes;

  private OnnxReader(ProtoReader proto, OnnxListener listener) {
    this.proto = proto;
    this.listener = listener;
  }

  /// Reads a model.
  ///
  /// @param source its name in errors
  /// @throws FormatException where reading cannot go on, or if the model has no graph
  /// @throws IOException if the bytes cannot be read
  public static void read(Bytes bytes, String source, OnnxListener listener)
      throws IOException, FormatException {
    ProtoReader proto = new ProtoReader(bytes, source);
    byte[] head = bytes.head(8);
    if (head.length == 8 && Arrays.equals(head, 4, 8, ORT, 0, 4)) {
      throw new FormatException.Unsupported(
          proto.where("model"), 0, "the format of ONNX Runtime (ORT) in place of ONNX");
    }
    new OnnxReader(proto, listener).model();
  }

  private void model() throws IOException, FormatException {
    boolean hasGraph = false;
    while (proto.next("model")) {
      switch (proto.tag()) {
        case MODEL_GRAPH -> {
          hasGraph = true;
          graph();
        }
        case MODEL_METADATA -> metadata();
        case MODEL_TRAINING -> training();
        case MODEL_FUNCTION -> function();
        default -> {}
      }
    }
    if (!hasGraph) {
      throw proto.malformed("model", "has no graph");
    }
  }

  private void training() throws IOException, FormatException {
    proto.enter("training_info");
    while (proto.next("training_info")) {
      if (proto.tag() == TRAINING_INITIALIZATION || proto.tag() == TRAINING_ALGORITHM) {
        graph();
      }
    }
    proto.leave();
  }

  private void graph() throws IOException, FormatException {
    proto.enter("graph");
    while (proto.next("graph")) {
      switch (proto.tag()) {
        case GRAPH_NODE -> node();
        case GRAPH_INITIALIZER -> tensor();
        case GRAPH_SPARSE -> sparse();
        case GRAPH_METADATA -> metadata();
        default -> {}
      }
    }
    proto.leave();
  }

  private void function() throws IOException, FormatException {
    String name = "";
    String domain = "";
    scope = ++scopes;
    proto.enter("function");
    while (proto.next("function")) {
      switch (proto.tag()) {
        case FUNCTION_NAME -> name = proto.text("name", LONGEST_NAME);
        case FUNCTION_DOMAIN -> domain = proto.text("domain", LONGEST_NAME);
        case FUNCTION_NODE -> node();
        case FUNCTION_ATTRIBUTE -> attribute();
        case FUNCTION_METADATA -> metadata();
        default -> {}
      }
    }
    proto.leave();
    scope = 0;
    listener.function(domain, name);
  }

  private void node() throws IOException, FormatException {
    long offset = proto.offset();
    String type = "";
    String domain = "";
    String name = "";
    List<String> inputs = new ArrayList<>(2);
    List<String> outputs = new ArrayList<>(1);
    Shape numbers = null;
    proto.enter("node");
    while (proto.next("node")) {
      switch (proto.tag()) {
        case NODE_INPUT -> addName(inputs);
        case NODE_OUTPUT -> addName(outputs);
        case NODE_NAME -> name = proto.text("name", LONGEST_NAME);
        case NODE_TYPE -> type = proto.text("op_type", LONGEST_NAME);
        case NODE_DOMAIN -> domain = proto.text("domain", LONGEST_NAME);
        case NODE_ATTRIBUTE -> {
          Shape found = attribute();
          numbers = found == null ? numbers : found;
        }
        case NODE_METADATA -> metadata();
        default -> {}
      }
    }
    proto.leave();
    listener.node(new OnnxNode(type, domain, name, inputs, outputs, numbers, scope, offset));
  }

  private void addName(List<String> names) throws IOException, FormatException {
    if (names.size() < MOST_NAMES) {
      names.add(proto.text("name", LONGEST_NAME));
    }
  }

  /// @return its integers, if it is called as those are that say how large a tensor is
  private @Nullable Shape attribute() throws IOException, FormatException {
    String name = "";
    Numbers ints = new Numbers();
    Shape found = null;
    proto.enter("attribute");
    while (proto.next("attribute")) {
      switch (proto.tag()) {
        case ATTRIBUTE_NAME -> name = proto.text("name", LONGEST_NAME);
        case ATTRIBUTE_TENSOR -> found = tensor();
        case ATTRIBUTE_TENSORS -> tensor();
        case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> graph();
        case ATTRIBUTE_SPARSE, ATTRIBUTE_SPARSES -> sparse();
        case ATTRIBUTE_INT -> ints.add(proto.value());
        case ATTRIBUTE_INTS -> ints.addPacked(proto, "ints");
        default -> {}
      }
    }
    proto.leave();
    return switch (name) {
      case "value" -> found;
      case "shape", "value_ints" -> ints.shape();
      default -> null;
    };
  }

  private void sparse() throws IOException, FormatException {
    proto.enter("sparse tensor");
    while (proto.next("sparse tensor")) {
      if (proto.tag() == SPARSE_VALUES || proto.tag() == SPARSE_INDICES) {
        tensor();
      }
    }
    proto.leave();
  }

  /// @return its elements, if it is a list of few integers
  private @Nullable Shape tensor() throws IOException, FormatException {
    TensorFields fields = new TensorFields(proto, scope);
    proto.enter("tensor");
    while (proto.next("tensor")) {
      fields.field();
    }
    proto.leave();
    OnnxTensor tensor = fields.tensor();
    listener.tensor(tensor);
    try {
      fields.check();
    } catch (FormatException.Malformed e) {
      listener.broken(e);
    }
    return tensor.numbers();
  }

  private void metadata() throws IOException, FormatException {
    long offset = proto.offset();
    OnnxTensor.Entry entry = entry(proto, "metadata", LONGEST_METADATA);
    listener.metadata(entry.key(), entry.value(), offset);
  }

  /// A `StringStringEntryProto`.
  static OnnxTensor.Entry entry(ProtoReader proto, String field, int longest)
      throws IOException, FormatException {
    String key = "";
    String value = "";
    proto.enter(field);
    while (proto.next(field)) {
      if (proto.tag() == ENTRY_KEY) {
        key = proto.text(field, LONGEST_NAME);
      } else if (proto.tag() == ENTRY_VALUE) {
        if (proto.length() > longest) {
          throw new FormatException.LimitExceeded(
              proto.where(field),
              proto.offset(),
              "has " + proto.length() + " bytes, over the limit of " + longest);
        }
        value = proto.text(field, longest);
      }
    }
    proto.leave();
    return new OnnxTensor.Entry(key, value);
  }
}
