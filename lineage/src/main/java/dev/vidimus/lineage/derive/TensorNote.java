package dev.vidimus.lineage.derive;

import org.jspecify.annotations.Nullable;

/// What a comparison says of one tensor that is worth saying.
///
/// @param name in the subject
/// @param state what was found, such as `differs`, `missing`, `exact`
/// @param detail for people: what differs how much
/// @param checked values that were checked
/// @param bad values out of tolerance
/// @param worst the worst value, or null
public record TensorNote(
    String name, String state, String detail, long checked, long bad, @Nullable Worst worst) {
  /// Where the worst value stands, and both numbers.
  ///
  /// @param at its index, such as `[9,33]`
  public record Worst(String at, double expected, double found) {}

  static TensorNote of(String name, String state, String detail) {
    return new TensorNote(name, state, detail, 0, 0, null);
  }
}
