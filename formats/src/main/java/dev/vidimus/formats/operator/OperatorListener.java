package dev.vidimus.formats.operator;

/// Hears what a graph names, in the order of the file.
public interface OperatorListener {
  /// What is named.
  enum Kind {
    /// An operator of a graph.
    OPERATOR,
    /// A layer or a whole model by the name of a class of the application.
    CLASS,
    /// What runs a part of the graph in place of the runtime.
    BACKEND,
    /// A file beside the model.
    FILE,
    /// A part in a form that the reader does not read.
    UNREAD
  }

  /// A name in the graph.
  void named(Kind kind, String name, long offset);
}
