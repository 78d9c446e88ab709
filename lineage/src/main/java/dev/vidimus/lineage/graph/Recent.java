package dev.vidimus.lineage.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What changed after a graph was made, laid over it, so that a write is seen at once: nodes that
/// came, and children whose edges are others now. A few thousand at most, until the next graph
/// holds them. Immutable: a copy is made for each change.
public final class Recent {
  private final Map<Integer, List<Edge>> up = new HashMap<>();
  private final Map<Integer, List<Edge>> down = new HashMap<>();

  /// Children whose edges in the graph do not count any more.
  private final BitSet replaced = new BitSet();

  private int nodes;
  private int count;

  /// One edge, seen from one of its ends.
  record Edge(int neighbour, byte label) {}

  /// This and one more edge.
  ///
  /// @param child what was made
  /// @param parent what it was made from
  public Recent with(int child, int parent, EdgeKind kind, EdgeStatus status) {
    Recent more = copy();
    more.add(child, parent, Graph.label(kind, status));
    return more;
  }

  /// This with other edges for some children.
  ///
  /// @param all how many nodes there are now, those of the graph included
  /// @param children of which nothing counts any more but these edges
  /// @param edges each from one of the children
  /// @throws IllegalArgumentException if one is not
  public Recent replacing(int all, Collection<Integer> children, EdgeList edges) {
    Recent more = copy();
    more.nodes = Math.max(nodes, all);
    for (int child : children) {
      more.replaced.set(child);
      List<Edge> old = more.up.remove(child);
      if (old != null) {
        for (Edge edge : old) {
          more.down.computeIfPresent(
              edge.neighbour(),
              (parent, below) -> {
                below.removeIf(one -> one.neighbour() == child);
                return below.isEmpty() ? null : below;
              });
        }
        more.count -= old.size();
      }
    }
    for (int i = 0; i < edges.count(); i++) {
      int child = edges.child(i);
      if (!more.replaced.get(child) || Math.max(child, edges.parent(i)) >= more.nodes) {
        throw new IllegalArgumentException("edge " + i + " is from " + child + ", which stays");
      }
      more.add(child, edges.parent(i), edges.label(i));
    }
    return more;
  }

  private Recent copy() {
    Recent copy = new Recent();
    up.forEach((node, edges) -> copy.up.put(node, new ArrayList<>(edges)));
    down.forEach((node, edges) -> copy.down.put(node, new ArrayList<>(edges)));
    copy.replaced.or(replaced);
    copy.nodes = nodes;
    copy.count = count;
    return copy;
  }

  private void add(int child, int parent, byte label) {
    up.computeIfAbsent(child, node -> new ArrayList<>()).add(new Edge(parent, label));
    down.computeIfAbsent(parent, node -> new ArrayList<>()).add(new Edge(child, label));
    count++;
  }

  /// How many edges there are beside those of the graph.
  public int count() {
    return count;
  }

  /// How many nodes there are, those of the graph included.
  public int nodes(Graph graph) {
    return Math.max(nodes, graph.nodes());
  }

  /// How many edges there are, those of the graph included that still count.
  public int edges(Graph graph) {
    Graph.Rows rows = graph.rows(Direction.UP);
    int[] all = {graph.edges() + count};
    replaced.stream()
        .filter(child -> child < graph.nodes())
        .forEach(child -> all[0] -= rows.starts[child + 1] - rows.starts[child]);
    return all[0];
  }

  /// How many children have other edges now.
  public int changed() {
    return replaced.cardinality();
  }

  /// Visits the edges of a node in one direction, those of the graph included.
  public void visit(Graph graph, int node, Direction direction, Graph.EdgeVisitor visitor) {
    if (node < graph.nodes() && !(direction == Direction.UP && replaced.get(node))) {
      graph.visit(
          node,
          direction,
          (neighbour, kind, status) -> {
            if (direction == Direction.UP || !replaced.get(neighbour)) {
              visitor.edge(neighbour, kind, status);
            }
          });
    }
    for (Edge edge : edges(node, direction)) {
      visitor.edge(edge.neighbour(), Graph.kind(edge.label()), Graph.status(edge.label()));
    }
  }

  /// Whether nothing is laid over the graph.
  boolean isNothing() {
    return count == 0 && nodes == 0 && replaced.isEmpty();
  }

  boolean isReplaced(int child) {
    return replaced.get(child);
  }

  List<Edge> edges(int node, Direction direction) {
    return (direction == Direction.UP ? up : down).getOrDefault(node, List.of());
  }
}
