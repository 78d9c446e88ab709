package dev.vidimus.formats.onnx;

import dev.vidimus.formats.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operator applied in a graph.
///
/// @param type operator type, such as `Relu`
/// @param domain the operator set that defines it; empty for ONNX's own
/// @param name of this node
/// @param inputs names of the first inputs
/// @param outputs names of the first outputs
/// @param numbers integers of the attribute `shape`, `value` or `value_ints`, if they are few
/// @param scope the graph and its subgraphs have one, and each function its own
/// @param offset where the node stands
public record OnnxNode(
    String type,
    String domain,
    String name,
    List<String> inputs,
    List<String> outputs,
    @Nullable Shape numbers,
    int scope,
    long offset) {
  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
