package dev.vidimus.formats.numpy;

import java.util.List;

/// A Python literal of the kinds that an array header may hold.
sealed interface PyLiteral {
  /// A string, unescaped.
  record Text(String value) implements PyLiteral {}

  /// A whole number that fits 64 bits signed.
  record Whole(long value) implements PyLiteral {}

  /// `True` or `False`.
  record Bool(boolean value) implements PyLiteral {}

  /// `None`.
  record None() implements PyLiteral {}

  /// `(a, b)`.
  record Tuple(List<PyLiteral> elements) implements PyLiteral {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /// `[a, b]`.
  record ListOf(List<PyLiteral> elements) implements PyLiteral {
    public ListOf {
      elements = List.copyOf(elements);
    }
  }

  /// `{'a': b}`.
  ///
  /// @param entries in order; a key may occur twice, as in Python
  record Dict(List<Entry> entries) implements PyLiteral {
    public Dict {
      entries = List.copyOf(entries);
    }

    /// One member of a dictionary.
    record Entry(String key, PyLiteral value) {}
  }
}
