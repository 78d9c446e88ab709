package dev.vidimus.lineage.graph;

/// Which way edges are followed.
public enum Direction {
  /// To what something was made from.
  UP,
  /// To what was made from it.
  DOWN
}
