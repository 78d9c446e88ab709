package dev.vidimus.lineage.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Edges that came after a graph was made, so that a write is seen at once; a few thousand at most,
/// until the next graph holds them. Not thread-safe: a copy is made for each change.
public final class Recent {
  private final Map<Integer, List<Edge>> up = new HashMap<>();
  private final Map<Integer, List<Edge>> down = new HashMap<>();
  private int count;

  /// One edge, seen from one of its ends.
  record Edge(int neighbour, byte label) {}

  /// This and one more edge.
  ///
  /// @param child what was made
  /// @param parent what it was made from
  public Recent with(int child, int parent, EdgeKind kind, EdgeStatus status) {
    Recent more = new Recent();
    up.forEach((node, edges) -> more.up.put(node, new ArrayList<>(edges)));
    down.forEach((node, edges) -> more.down.put(node, new ArrayList<>(edges)));
    byte label = Graph.label(kind, status);
    more.up.computeIfAbsent(child, node -> new ArrayList<>()).add(new Edge(parent, label));
    more.down.computeIfAbsent(parent, node -> new ArrayList<>()).add(new Edge(child, label));
    more.count = count + 1;
    return more;
  }

  /// How many edges there are.
  public int count() {
    return count;
  }

  List<Edge> edges(int node, Direction direction) {
    return (direction == Direction.UP ? up : down).getOrDefault(node, List.of());
  }
}
