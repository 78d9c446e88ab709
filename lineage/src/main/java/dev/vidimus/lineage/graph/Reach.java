package dev.vidimus.lineage.graph;

import java.util.Arrays;

/// Everything that is above or below a node, breadth first: nearest first, each once, so that a
/// cycle ends where it closes. Memory: 9 bytes for each node of the graph.
public final class Reach {
  private static final int UNSEEN = -1;

  private final int start;
  private final int[] previous;
  private final byte[] labels;
  private final int[] order;
  private final int count;

  private Reach(int start, int[] previous, byte[] labels, int[] order, int count) {
    this.start = start;
    this.previous = previous;
    this.labels = labels;
    this.order = order;
    this.count = count;
  }

  /// Follows edges from a node as far as they lead.
  ///
  /// @param recent edges beside those of the graph
  /// @throws IndexOutOfBoundsException if the graph has no such node
  public static Reach from(Graph graph, Recent recent, int start, Direction direction) {
    Graph.Rows rows = graph.rows(direction);
    int[] previous = new int[graph.nodes()];
    Arrays.fill(previous, UNSEEN);
    byte[] labels = new byte[graph.nodes()];
    int[] order = new int[Math.min(graph.nodes(), 1 << 12)];
    previous[start] = start;
    order[0] = start;
    int found = 1;
    boolean hasRecent = recent.count() > 0;
    for (int next = 0; next < found; next++) {
      int node = order[next];
      int end = rows.starts[node + 1];
      if (order.length - found < end - rows.starts[node]) {
        order = grown(order, found + end - rows.starts[node], graph.nodes());
      }
      for (int at = rows.starts[node]; at < end; at++) {
        int neighbour = rows.neighbours[at];
        if (previous[neighbour] == UNSEEN) {
          previous[neighbour] = node;
          labels[neighbour] = rows.labels[at];
          order[found++] = neighbour;
        }
      }
      if (hasRecent) {
        for (Recent.Edge edge : recent.edges(node, direction)) {
          if (previous[edge.neighbour()] == UNSEEN) {
            order = grown(order, found + 1, graph.nodes());
            previous[edge.neighbour()] = node;
            labels[edge.neighbour()] = edge.label();
            order[found++] = edge.neighbour();
          }
        }
      }
    }
    return new Reach(start, previous, labels, order, found);
  }

  private static int[] grown(int[] order, int wanted, int most) {
    int room = (int) Math.min(most, Math.max(wanted, 2L * order.length));
    return room <= order.length ? order : Arrays.copyOf(order, room);
  }

  /// How many nodes were reached, without the first.
  public int count() {
    return count - 1;
  }

  /// A node that was reached, the nearest first.
  ///
  /// @param index below [#count()]
  public int node(int index) {
    return order[index + 1];
  }

  /// Whether a node was reached; true for the first.
  public boolean has(int node) {
    return previous[node] != UNSEEN;
  }

  /// A shortest way from the first node to one that was reached, both included.
  ///
  /// @throws IllegalArgumentException if it was not reached
  public int[] path(int node) {
    requireReached(node);
    int length = 1;
    for (int at = node; at != start; at = previous[at]) {
      length++;
    }
    int[] path = new int[length];
    for (int at = node, i = length - 1; i >= 0; at = previous[at], i--) {
      path[i] = at;
    }
    return path;
  }

  /// The weakest edge on that way; `VERIFIED` for the first node itself.
  public EdgeStatus weakest(int node) {
    requireReached(node);
    EdgeStatus weakest = EdgeStatus.VERIFIED;
    for (int at = node; at != start; at = previous[at]) {
      EdgeStatus status = Graph.status(labels[at]);
      weakest = status.compareTo(weakest) < 0 ? status : weakest;
    }
    return weakest;
  }

  /// The kind of the last edge on that way.
  public EdgeKind kind(int node) {
    requireReached(node);
    return Graph.kind(labels[node]);
  }

  private void requireReached(int node) {
    if (!has(node)) {
      throw new IllegalArgumentException(node + " was not reached from " + start);
    }
  }

  /// The nodes in an order in which each comes before what it was made from (for a way down): what
  /// has to be taken out of use first comes first. Members of a cycle come last, nearest first.
  public int[] plan(Graph graph, Direction direction) {
    Graph.Rows rows = graph.rows(direction);
    int[] left = new int[graph.nodes()];
    for (int i = 0; i < count; i++) {
      int node = order[i];
      for (int at = rows.starts[node]; at < rows.starts[node + 1]; at++) {
        left[node] += has(rows.neighbours[at]) ? 1 : 0;
      }
    }
    Graph.Rows back = graph.rows(direction == Direction.UP ? Direction.DOWN : Direction.UP);
    int[] plan = new int[count];
    int planned = 0;
    for (int i = count - 1; i >= 0; i--) {
      if (left[order[i]] == 0) {
        plan[planned++] = order[i];
      }
    }
    for (int next = 0; next < planned; next++) {
      int node = plan[next];
      for (int at = back.starts[node]; at < back.starts[node + 1]; at++) {
        int other = back.neighbours[at];
        if (has(other) && --left[other] == 0) {
          plan[planned++] = other;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      if (left[order[i]] > 0) {
        plan[planned++] = order[i];
      }
    }
    return plan;
  }
}
