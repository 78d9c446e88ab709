package dev.vidimus.formats.xml;

import dev.vidimus.artifact.FormatException;
import java.util.Map;

/// Hears what a document contains, in order.
public interface XmlListener {
  /// A document type, or a declaration inside it.
  ///
  /// @param kind `DOCTYPE`, `ENTITY`, `ELEMENT`, `ATTLIST`, `NOTATION`
  /// @param text all that stands in it
  void declaration(String kind, String text, long offset) throws FormatException;

  /// An element begins.
  ///
  /// @param name without its prefix
  /// @param attributes by their names without prefixes, with entities as they stand
  /// @param depth 0 for the root
  void start(String name, Map<String, String> attributes, int depth, long offset)
      throws FormatException;

  /// An element ends.
  ///
  /// @param text between its tags if no element is inside, else behind the last one; without white
  ///     space around it, with the five entities that need no declaration resolved, and cut behind
  ///     4,096 bytes
  /// @param depth 0 for the root
  default void end(String name, String text, int depth) throws FormatException {}
}
