package dev.vidimus.testkit;

import static dev.vidimus.testkit.ProtoForger.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Makes ONNX models and their parts; every part is a message to which fields can be added.
public final class OnnxForger {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private OnnxForger() {}

  /// A model of one graph.
  public static ProtoForger model(ProtoForger graph) {
    return message().number(1, 8).text(2, "forger").inside(7, graph);
  }

  /// A graph of these nodes.
  public static ProtoForger graph(ProtoForger... nodes) {
    ProtoForger graph = message();
    for (ProtoForger node : nodes) {
      graph.inside(1, node);
    }
    return graph.text(2, "main");
  }

  /// A node `n` from `x` to `y`.
  public static ProtoForger node(String type) {
    return message().text(1, "x").text(2, "y").text(3, "n").text(4, type);
  }

  /// A node of an operator set of its own.
  public static ProtoForger node(String domain, String type) {
    return node(type).text(7, domain);
  }

  /// An attribute that is a tensor.
  public static ProtoForger attribute(String name, ProtoForger tensor) {
    return message().text(1, name).inside(5, tensor).number(20, 4);
  }

  /// An attribute that is a graph.
  public static ProtoForger branch(String name, ProtoForger graph) {
    return message().text(1, name).inside(6, graph).number(20, 5);
  }

  /// A tensor of two 32-bit floats whose data are elsewhere.
  public static ProtoForger external(String location) {
    return entry(message().number(1, 2).number(2, FLOAT).text(8, "w"), "location", location)
        .number(14, 1);
  }

  /// Adds an entry about external data.
  public static ProtoForger entry(ProtoForger tensor, String key, String value) {
    return tensor.inside(13, message().text(1, key).text(2, value));
  }

  /// A tensor of 32-bit floats of which so many bytes are stored.
  public static ProtoForger floats(int stored, long... dims) {
    ProtoForger tensor = message();
    for (long dim : dims) {
      tensor.number(1, dim);
    }
    return tensor.number(2, FLOAT).text(8, "w").bytes(9, new byte[stored]);
  }

  /// A list of integers.
  public static ProtoForger integers(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return message().number(1, values.length).number(2, INT64).text(8, name).bytes(9, raw.array());
  }
}
