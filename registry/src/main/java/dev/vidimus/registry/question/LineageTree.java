package dev.vidimus.registry.question;

import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.lineage.graph.EdgeStatus;
import dev.vidimus.lineage.graph.Reach;
import dev.vidimus.lineage.graph.Recent;
import java.util.ArrayList;
import java.util.List;

/// What is above or below a node, the nearest first, each with a shortest way to it.
public final class LineageTree {
  private final LineageMap map;
  private final int start;
  private final Direction direction;
  private final Reach reach;
  private final Reach proven;

  private LineageTree(LineageMap map, int start, Direction direction, Reach reach, Reach proven) {
    this.map = map;
    this.start = start;
    this.direction = direction;
    this.reach = reach;
    this.proven = proven;
  }

  static LineageTree of(LineageMap map, int start, Direction direction) {
    Recent recent = map.recent();
    return new LineageTree(
        map,
        start,
        direction,
        Reach.from(map.graph(), recent, start, direction),
        Reach.from(map.graph(), recent, start, direction, EdgeStatus.VERIFIED));
  }

  /// One that was reached.
  ///
  /// @param node what
  /// @param via keys of the nodes on a shortest way, both ends included
  /// @param kind of the last edge on that way
  /// @param status of that edge
  /// @param weakest edge on that way
  /// @param isProven whether some way to it has only verified edges
  public record Hit(
      LineageNode node,
      List<String> via,
      EdgeKind kind,
      EdgeStatus status,
      EdgeStatus weakest,
      boolean isProven) {
    public Hit {
      via = List.copyOf(via);
    }

    /// How far it is from the first node.
    public int distance() {
      return via.size() - 1;
    }
  }

  /// An edge between two that were reached.
  ///
  /// @param child key of what was made
  /// @param parent key of what it was made from
  public record Edge(String child, String parent, EdgeKind kind, EdgeStatus status) {}

  /// Where it begins.
  public LineageNode start() {
    return map.node(start);
  }

  /// Which way it goes.
  public Direction direction() {
    return direction;
  }

  /// How many were reached.
  public int count() {
    return reach.count();
  }

  /// One that was reached, the nearest first.
  ///
  /// @param index below [#count()]
  public LineageNode node(int index) {
    return map.node(reach.node(index));
  }

  /// The nearest of them.
  ///
  /// @param most how many
  public List<Hit> hits(int most) {
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < Math.min(most, reach.count()); i++) {
      int node = reach.node(i);
      List<String> via = new ArrayList<>();
      for (int on : reach.path(node)) {
        via.add(map.node(on).key());
      }
      hits.add(
          new Hit(
              map.node(node),
              via,
              reach.kind(node),
              reach.status(node),
              reach.weakest(node),
              proven.has(node)));
    }
    return hits;
  }

  /// All edges between the first node and the nearest of those that were reached.
  ///
  /// @param most how many nodes
  public List<Edge> edges(int most) {
    List<Edge> edges = new ArrayList<>();
    int shown = Math.min(most, reach.count());
    boolean[] isShown = new boolean[map.size()];
    isShown[start] = true;
    for (int i = 0; i < shown; i++) {
      isShown[reach.node(i)] = true;
    }
    for (int i = -1; i < shown; i++) {
      int node = i < 0 ? start : reach.node(i);
      map.recent()
          .visit(
              map.graph(),
              node,
              Direction.UP,
              (parent, kind, status) -> {
                if (isShown[parent]) {
                  edges.add(new Edge(map.node(node).key(), map.node(parent).key(), kind, status));
                }
              });
    }
    return edges;
  }

  /// Everything below and the first node itself, in the order in which it is to be taken out of
  /// use: each before what it was made from.
  public List<LineageNode> plan() {
    List<LineageNode> plan = new ArrayList<>();
    for (int node : reach.plan(direction)) {
      plan.add(map.node(node));
    }
    return plan;
  }
}
