package dev.vidimus.formats.onnx;

import dev.vidimus.formats.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tensor of a model.
///
/// @param name empty in attributes, as a rule
/// @param dims as declared
/// @param external where the data are, if not in the file, key by key as declared
/// @param numbers the elements of a list of few integers
/// @param scope the graph and its subgraphs have one, and each function its own
/// @param offset where the tensor stands
/// @param payload where its elements stand in the file
public record OnnxTensor(
    String name,
    Shape dims,
    List<Entry> external,
    @Nullable Shape numbers,
    int scope,
    long offset,
    Payload payload) {
  public OnnxTensor {
    external = List.copyOf(external);
  }

  /// The elements of a tensor as the file holds them.
  ///
  /// @param type the code of `TensorProto.DataType`
  /// @param offset the first byte of elements that lie there little-endian and in one piece, -1 if
  ///     they do not: they are elsewhere, or written as variable numbers
  /// @param size in bytes
  public record Payload(long type, long offset, long size) {}

  /// One of the entries that say where external data are.
  ///
  /// @param key `location`, `offset`, `length` or `checksum`
  public record Entry(String key, String value) {}
}
