package dev.vidimus.formats.ubjson;

import java.util.List;

/// Hears what a document says, in order.
public interface UbjsonListener {
  /// A text.
  ///
  /// @param path names of the members around it, outermost first, and indexes of elements
  void text(List<String> path, String text, long offset);

  /// A number.
  ///
  /// @param path as for a text, but without its own index if it is an element
  void number(List<String> path, double value, long offset);
}
