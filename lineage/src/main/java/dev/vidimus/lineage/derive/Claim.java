package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said of a model.
///
/// @param child the model
/// @param parents what it is said to be made from, in order
/// @param adapter what is said to be merged into it, or null
/// @param parameters what is said of the way
public record Claim(
    Model child, List<Model> parents, @Nullable Model adapter, Parameters parameters) {
  public Claim {
    parents = List.copyOf(parents);
  }

  /// The first parent.
  Model parent() {
    return parents.getFirst();
  }

  /// Bytes of all tensors.
  long bytes() {
    long bytes = child.bytes() + (adapter == null ? 0 : adapter.bytes());
    for (Model parent : parents) {
      bytes += parent.bytes();
    }
    return bytes;
  }
}
