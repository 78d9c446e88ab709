package dev.vidimus.formats.onnx;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Hears what a model contains, in the order of its bytes.
public interface OnnxListener {
  /// An operator is applied.
  void node(OnnxNode node) throws IOException;

  /// A tensor is stored, or is said to be stored elsewhere.
  void tensor(OnnxTensor tensor) throws IOException;

  /// The model defines an operator of its own by others.
  ///
  /// @param name its operator type
  void function(String domain, String name) throws IOException;

  /// An entry among the metadata of the model or of a part of it.
  ///
  /// @param offset where the entry stands
  void metadata(String key, String value, long offset) throws IOException;

  /// Something breaks the format, but not so that reading must end.
  void broken(FormatException.Malformed problem) throws IOException;
}
