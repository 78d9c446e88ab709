package dev.vidimus.lineage.graph;

import java.util.Arrays;

/// Edges on their way into a graph. Memory: nine bytes an edge, and room to grow.
public final class EdgeList {
  private static final int MOST = Integer.MAX_VALUE - 16;

  private int[] children;
  private int[] parents;
  private byte[] labels;
  private int count;

  /// @param expected how many edges there will be, as far as that is known
  public EdgeList(int expected) {
    int room = Math.max(16, expected);
    children = new int[room];
    parents = new int[room];
    labels = new byte[room];
  }

  /// Adds an edge.
  ///
  /// @param child what was made
  /// @param parent what it was made from
  /// @throws IllegalArgumentException if a node is negative, or there are 2³¹ edges already
  public void add(int child, int parent, EdgeKind kind, EdgeStatus status) {
    if (child < 0 || parent < 0 || count == MOST) {
      throw new IllegalArgumentException("edge " + count + ": " + child + " to " + parent);
    }
    if (count == children.length) {
      int room = (int) Math.min(MOST, count + (count >> 1) + 16L);
      children = Arrays.copyOf(children, room);
      parents = Arrays.copyOf(parents, room);
      labels = Arrays.copyOf(labels, room);
    }
    children[count] = child;
    parents[count] = parent;
    labels[count++] = Graph.label(kind, status);
  }

  int count() {
    return count;
  }

  int child(int edge) {
    return children[edge];
  }

  int parent(int edge) {
    return parents[edge];
  }

  byte label(int edge) {
    return labels[edge];
  }
}
