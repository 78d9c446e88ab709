package dev.vidimus.lineage.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is laid over a graph answers as a graph that is made anew.
class RecentTest {
  private record Row(int parent, EdgeKind kind, EdgeStatus status) {}

  private final Map<Integer, List<Row>> rows = new HashMap<>();
  private boolean isAcyclic;
  private int nodes = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void changesAreAnsweredAsByAGraphThatIsMadeAnew(long seed) {
    Random random = new Random(seed);
    isAcyclic = seed % 2 == 0;
    for (int child = 0; child < nodes; child++) {
      rows.put(child, row(random, child));
    }
    Graph base = graph();
    Recent recent = new Recent();
    for (int change = 0; change < 25; change++) {
      nodes += random.nextInt(3);
      Set<Integer> children = new HashSet<>();
      EdgeList edges = new EdgeList(0);
      for (int i = 0; i <= random.nextInt(3); i++) {
        int child = random.nextInt(nodes);
        if (children.add(child)) {
          rows.put(child, row(random, child));
          for (Row one : rows.getOrDefault(child, List.of())) {
            edges.add(child, one.parent(), one.kind(), one.status());
          }
        }
      }
      recent = recent.replacing(nodes, children, edges);
      requireSame(base, recent, graph());
    }
  }

  private void requireSame(Graph base, Recent recent, Graph anew) {
    assertThat(recent.nodes(base)).isEqualTo(anew.nodes());
    assertThat(recent.edges(base)).isEqualTo(anew.edges());
    for (Direction direction : Direction.values()) {
      for (int start = 0; start < nodes; start++) {
        for (EdgeStatus least : List.of(EdgeStatus.REFUTED, EdgeStatus.VERIFIED)) {
          Reach ours = Reach.from(base, recent, start, direction, least);
          Reach theirs = Reach.from(anew, new Recent(), start, direction, least);
          assertThat(distances(ours)).isEqualTo(distances(theirs));
          requireWays(ours, anew, direction);
        }
        assertThat(neighbours(base, recent, start, direction))
            .containsExactlyInAnyOrderElementsOf(neighbours(anew, new Recent(), start, direction));
        if (isAcyclic) {
          requireOrder(Reach.from(base, recent, start, direction), anew, direction);
        }
      }
    }
  }

  private static Map<Integer, Integer> distances(Reach reach) {
    Map<Integer, Integer> distances = new HashMap<>();
    for (int i = 0; i < reach.count(); i++) {
      distances.put(reach.node(i), reach.path(reach.node(i)).length);
    }
    return distances;
  }

  private static List<String> neighbours(
      Graph graph, Recent recent, int node, Direction direction) {
    List<String> all = new ArrayList<>();
    recent.visit(
        graph,
        node,
        direction,
        (other, kind, status) -> all.add(other + " " + kind + " " + status));
    return all;
  }

  /// Each step of a way is an edge, and the last one is of the kind that is said.
  private static void requireWays(Reach reach, Graph anew, Direction direction) {
    for (int i = 0; i < reach.count(); i++) {
      int node = reach.node(i);
      String last = node + " " + reach.kind(node) + " " + reach.status(node);
      assertThat(neighbours(anew, new Recent(), reach.previous(node), direction)).contains(last);
    }
  }

  /// Each comes after all that it leads to.
  private static void requireOrder(Reach reach, Graph anew, Direction direction) {
    int[] plan = reach.plan(direction);
    assertThat(plan).doesNotHaveDuplicates().hasSize(reach.count() + 1);
    List<Integer> taken = new ArrayList<>();
    for (int node : plan) {
      new Recent().visit(anew, node, direction, (other, _, _) -> assertThat(taken).contains(other));
      taken.add(node);
    }
  }

  @Test
  void childThatStaysHasNoEdgesHere() {
    EdgeList edges = new EdgeList(1);
    edges.add(1, 0, EdgeKind.CAST, EdgeStatus.VERIFIED);
    assertThatThrownBy(() -> new Recent().replacing(2, List.of(0), edges))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("edge 0 is from 1, which stays");
  }

  private List<Row> row(Random random, int child) {
    List<Row> row = new ArrayList<>();
    EdgeStatus[] statuses = EdgeStatus.values();
    for (int i = random.nextInt(4); i > 0; i--) {
      EdgeKind kind = EdgeKind.values()[random.nextInt(EdgeKind.values().length)];
      int parent = isAcyclic ? random.nextInt(child + 1) - 1 : random.nextInt(nodes);
      if (parent >= 0) {
        row.add(new Row(parent, kind, statuses[random.nextInt(statuses.length)]));
      }
    }
    return row;
  }

  private Graph graph() {
    EdgeList edges = new EdgeList(0);
    rows.forEach(
        (child, row) ->
            row.forEach(one -> edges.add(child, one.parent(), one.kind(), one.status())));
    return Graph.of(nodes, edges);
  }
}
