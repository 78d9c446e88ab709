package dev.vidimus.formats.tensorflow;

import java.io.IOException;

/// Hears what a file contains, in the order of its bytes.
public interface TfListener {
  /// An operator is applied.
  ///
  /// @param type operator type, such as `MatMul`
  /// @param function the function of the library that it stands in; empty in a graph
  /// @param offset where the node stands
  void node(String type, String name, String function, long offset) throws IOException;

  /// A file that belongs to the model.
  ///
  /// @param filename under the folder of assets
  void asset(String filename, long offset) throws IOException;

  /// What Keras notes about an object, as text of JSON.
  void kerasMetadata(String json, long offset) throws IOException;
}
