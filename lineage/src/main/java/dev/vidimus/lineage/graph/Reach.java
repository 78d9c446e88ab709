package dev.vidimus.lineage.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Everything that is above or below a node, breadth first: nearest first, each once, so that a
/// cycle ends where it closes. Memory: 8 bytes for each node of the graph.
public final class Reach {
  private static final int UNSEEN = Integer.MIN_VALUE;
  private static final int START = -1;

  /// Edges beside those of the graph count down from here.
  private static final int BESIDE = -2;

  private final Graph graph;
  private final Recent recent;
  private final Graph.Rows rows;
  private final int start;

  /// How each node was reached: the place of an edge in the rows, or one beside them. One number
  /// for each node, because what a walk over millions of nodes costs are misses of the cache.
  private final int[] via;

  private final List<Beside> beside;
  private final int[] order;
  private final int count;

  /// An edge that is not in the rows.
  private record Beside(int from, byte label) {}

  private Reach(
      Graph graph,
      Recent recent,
      Graph.Rows rows,
      int start,
      int[] via,
      List<Beside> beside,
      int[] order,
      int count) {
    this.graph = graph;
    this.recent = recent;
    this.rows = rows;
    this.start = start;
    this.via = via;
    this.beside = beside;
    this.order = order;
    this.count = count;
  }

  /// Follows edges from a node as far as they lead.
  ///
  /// @param recent what changed since the graph was made
  /// @throws IndexOutOfBoundsException if the graph has no such node
  public static Reach from(Graph graph, Recent recent, int start, Direction direction) {
    return from(graph, recent, start, direction, EdgeStatus.REFUTED);
  }

  /// Follows edges that are known well enough.
  ///
  /// @param least of how an edge is known that is followed
  /// @throws IndexOutOfBoundsException if the graph has no such node
  public static Reach from(
      Graph graph, Recent recent, int start, Direction direction, EdgeStatus least) {
    Graph.Rows rows = graph.rows(direction);
    int nodes = recent.nodes(graph);
    int[] via = new int[nodes];
    Arrays.fill(via, UNSEEN);
    List<Beside> beside = new ArrayList<>();
    int[] order = new int[Math.min(nodes, 1 << 12)];
    via[start] = START;
    order[0] = start;
    int found = 1;
    boolean hasRecent = !recent.isNothing();
    boolean isUp = direction == Direction.UP;
    boolean takesAll = least == EdgeStatus.REFUTED;
    for (int next = 0; next < found; next++) {
      int node = order[next];
      boolean hasRow = !hasRecent || (node < graph.nodes() && !(isUp && recent.isReplaced(node)));
      int first = hasRow ? rows.starts[node] : 0;
      int end = hasRow ? rows.starts[node + 1] : 0;
      if (order.length - found < end - first) {
        order = grown(order, found + end - first, nodes);
      }
      for (int at = first; at < end; at++) {
        int neighbour = rows.neighbours[at];
        if (via[neighbour] == UNSEEN
            && (takesAll || isAtLeast(rows.labels[at], least))
            && (isUp || !hasRecent || !recent.isReplaced(neighbour))) {
          via[neighbour] = at;
          order[found++] = neighbour;
        }
      }
      if (hasRecent) {
        for (Recent.Edge edge : recent.edges(node, direction)) {
          if (via[edge.neighbour()] == UNSEEN && isAtLeast(edge.label(), least)) {
            order = grown(order, found + 1, nodes);
            via[edge.neighbour()] = BESIDE - beside.size();
            beside.add(new Beside(node, edge.label()));
            order[found++] = edge.neighbour();
          }
        }
      }
    }
    return new Reach(graph, recent, rows, start, via, beside, order, found);
  }

  private static boolean isAtLeast(byte label, EdgeStatus least) {
    return Graph.status(label).compareTo(least) >= 0;
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
    return via[node] != UNSEEN;
  }

  /// The node from which one was reached; the first node is its own.
  ///
  /// @throws IllegalArgumentException if it was not reached
  public int previous(int node) {
    requireReached(node);
    int edge = via[node];
    if (edge == START) {
      return node;
    }
    return edge >= 0 ? owner(edge) : beside.get(BESIDE - edge).from();
  }

  /// The node whose row has an edge. Empty rows start where the next one does.
  private int owner(int edge) {
    int low = 0;
    int high = graph.nodes() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (rows.starts[middle] <= edge) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private byte label(int node) {
    int edge = via[node];
    return edge >= 0 ? rows.labels[edge] : beside.get(BESIDE - edge).label();
  }

  /// A shortest way from the first node to one that was reached, both included.
  ///
  /// @throws IllegalArgumentException if it was not reached
  public int[] path(int node) {
    requireReached(node);
    int[] path = new int[8];
    int length = 0;
    int at = node;
    while (at != start) {
      path = length + 1 >= path.length ? Arrays.copyOf(path, 2 * path.length) : path;
      path[length++] = at;
      at = previous(at);
    }
    path[length++] = start;
    for (int i = 0; i < length / 2; i++) {
      int other = path[i];
      path[i] = path[length - 1 - i];
      path[length - 1 - i] = other;
    }
    return Arrays.copyOf(path, length);
  }

  /// The weakest edge on that way; `VERIFIED` for the first node itself.
  public EdgeStatus weakest(int node) {
    requireReached(node);
    EdgeStatus weakest = EdgeStatus.VERIFIED;
    for (int at = node; at != start; at = previous(at)) {
      EdgeStatus status = Graph.status(label(at));
      weakest = status.compareTo(weakest) < 0 ? status : weakest;
    }
    return weakest;
  }

  /// The kind of the last edge on that way.
  ///
  /// @throws IllegalArgumentException if it was not reached, or is the first
  public EdgeKind kind(int node) {
    requireEdge(node);
    return Graph.kind(label(node));
  }

  /// How the last edge on that way is known.
  ///
  /// @throws IllegalArgumentException if it was not reached, or is the first
  public EdgeStatus status(int node) {
    requireEdge(node);
    return Graph.status(label(node));
  }

  private void requireEdge(int node) {
    requireReached(node);
    if (node == start) {
      throw new IllegalArgumentException(node + " is where the way begins");
    }
  }

  private void requireReached(int node) {
    if (!has(node)) {
      throw new IllegalArgumentException(node + " was not reached from " + start);
    }
  }

  /// The nodes in an order in which each comes before what it was made from (for a way down): what
  /// has to be taken out of use first comes first. Members of a cycle come last, nearest first.
  public int[] plan(Direction direction) {
    int[] left = new int[via.length];
    for (int i = 0; i < count; i++) {
      int node = order[i];
      recent.visit(graph, node, direction, (other, _, _) -> left[node] += has(other) ? 1 : 0);
    }
    Direction back = direction == Direction.UP ? Direction.DOWN : Direction.UP;
    int[] plan = new int[count];
    int[] planned = {0};
    for (int i = count - 1; i >= 0; i--) {
      if (left[order[i]] == 0) {
        plan[planned[0]++] = order[i];
      }
    }
    for (int next = 0; next < planned[0]; next++) {
      recent.visit(
          graph,
          plan[next],
          back,
          (other, _, _) -> {
            if (has(other) && --left[other] == 0) {
              plan[planned[0]++] = other;
            }
          });
    }
    for (int i = 0; i < count; i++) {
      if (left[order[i]] > 0) {
        plan[planned[0]++] = order[i];
      }
    }
    return plan;
  }
}
