package dev.vidimus.lineage.graph;

/// An immutable graph in compressed rows: for each node the places of its edges in one array, in
/// both directions. Memory: 8 bytes a node and 10 bytes an edge.
public final class Graph {
  // In the order of their codes; a test holds them to it.
  private static final EdgeKind[] KINDS = EdgeKind.values();
  private static final EdgeStatus[] STATUSES = EdgeStatus.values();

  private final int nodes;
  private final Rows up;
  private final Rows down;

  private Graph(int nodes, Rows up, Rows down) {
    this.nodes = nodes;
    this.up = up;
    this.down = down;
  }

  /// Edges in one direction.
  ///
  /// Neighbours of a node stand from its start to the start of the next one.
  static final class Rows {
    final int[] starts;
    final int[] neighbours;
    final byte[] labels;

    private Rows(int nodes, int edges) {
      starts = new int[nodes + 1];
      neighbours = new int[edges];
      labels = new byte[edges];
    }
  }

  /// A graph of some edges.
  ///
  /// @param nodes how many there are; every node of an edge is below
  /// @throws IllegalArgumentException if one is not
  public static Graph of(int nodes, EdgeList edges) {
    for (int i = 0; i < edges.count(); i++) {
      if (edges.child(i) >= nodes || edges.parent(i) >= nodes) {
        throw new IllegalArgumentException("edge " + i + " leaves the " + nodes + " nodes");
      }
    }
    return new Graph(nodes, rows(nodes, edges, true), rows(nodes, edges, false));
  }

  private static Rows rows(int nodes, EdgeList edges, boolean isUp) {
    Rows rows = new Rows(nodes, edges.count());
    for (int i = 0; i < edges.count(); i++) {
      rows.starts[(isUp ? edges.child(i) : edges.parent(i)) + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      rows.starts[node + 1] += rows.starts[node];
    }
    // Filled from the end of each row, whose starts move down to where they belong.
    for (int node = nodes; node > 0; node--) {
      rows.starts[node] = rows.starts[node - 1];
    }
    for (int i = 0; i < edges.count(); i++) {
      int node = isUp ? edges.child(i) : edges.parent(i);
      int at = rows.starts[node + 1]++;
      rows.neighbours[at] = isUp ? edges.parent(i) : edges.child(i);
      rows.labels[at] = edges.label(i);
    }
    return rows;
  }

  /// How many nodes there are.
  public int nodes() {
    return nodes;
  }

  /// How many edges there are.
  public int edges() {
    return up.neighbours.length;
  }

  /// Hears of edges.
  @FunctionalInterface
  public interface EdgeVisitor {
    /// An edge to, or from, a neighbour.
    void edge(int neighbour, EdgeKind kind, EdgeStatus status);
  }

  /// Visits the edges of a node in one direction.
  public void visit(int node, Direction direction, EdgeVisitor visitor) {
    Rows rows = rows(direction);
    for (int at = rows.starts[node]; at < rows.starts[node + 1]; at++) {
      visitor.edge(rows.neighbours[at], kind(rows.labels[at]), status(rows.labels[at]));
    }
  }

  Rows rows(Direction direction) {
    return direction == Direction.UP ? up : down;
  }

  static byte label(EdgeKind kind, EdgeStatus status) {
    return (byte) (kind.code() | status.code() << 5);
  }

  static EdgeKind kind(byte label) {
    return KINDS[label & 31];
  }

  static EdgeStatus status(byte label) {
    return STATUSES[label >> 5 & 7];
  }
}
