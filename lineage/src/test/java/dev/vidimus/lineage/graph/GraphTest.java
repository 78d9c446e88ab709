package dev.vidimus.lineage.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static final int BASE = 0;
  private static final int TUNED = 1;
  private static final int MERGED = 2;
  private static final int QUANTIZED = 3;
  private static final int OTHER = 4;

  @Test
  void everythingBelowABaseIsReachedByAShortestWay() {
    Reach below = Reach.from(family(), new Recent(), BASE, Direction.DOWN);
    assertThat(below.count()).isEqualTo(3);
    assertThat(below.path(QUANTIZED)).containsExactly(BASE, MERGED, QUANTIZED);
    assertThat(below.has(OTHER)).isFalse();
  }

  @Test
  void wayIsAsStrongAsItsWeakestEdge() {
    Reach below = Reach.from(family(), new Recent(), BASE, Direction.DOWN);
    assertThat(below.weakest(TUNED)).isEqualTo(EdgeStatus.DECLARED);
    assertThat(below.weakest(QUANTIZED)).isEqualTo(EdgeStatus.VERIFIED);
    assertThat(below.kind(QUANTIZED)).isEqualTo(EdgeKind.QUANTIZE);
  }

  @Test
  void edgeThatCameLaterIsFollowedAtOnce() {
    Recent recent = new Recent().with(OTHER, TUNED, EdgeKind.CAST, EdgeStatus.VERIFIED);
    Reach below = Reach.from(family(), recent, BASE, Direction.DOWN);
    assertThat(below.path(OTHER)).containsExactly(BASE, TUNED, OTHER);
    assertThat(Reach.from(family(), recent, OTHER, Direction.UP).has(BASE)).isTrue();
  }

  @Test
  void onlyEdgesThatAreKnownWellEnoughAreFollowed() {
    Graph family = family();
    Reach proven = Reach.from(family, new Recent(), BASE, Direction.DOWN, EdgeStatus.VERIFIED);
    assertThat(proven.has(TUNED)).isFalse();
    assertThat(proven.has(QUANTIZED)).isTrue();
    Recent said = new Recent().with(OTHER, BASE, EdgeKind.CAST, EdgeStatus.REFUTED);
    assertThat(Reach.from(family, said, BASE, Direction.DOWN).weakest(OTHER))
        .isEqualTo(EdgeStatus.REFUTED);
    assertThat(Reach.from(family, said, BASE, Direction.DOWN, EdgeStatus.DECLARED).has(OTHER))
        .isFalse();
  }

  @Test
  void everyLabelIsReadAsItWasWritten() {
    for (EdgeKind kind : EdgeKind.values()) {
      for (EdgeStatus status : EdgeStatus.values()) {
        byte label = Graph.label(kind, status);
        assertThat(Graph.kind(label)).isEqualTo(kind);
        assertThat(Graph.status(label)).isEqualTo(status);
      }
    }
  }

  @Test
  void cycleEndsWhereItCloses() {
    EdgeList edges = new EdgeList(2);
    edges.add(0, 1, EdgeKind.USES, EdgeStatus.DECLARED);
    edges.add(1, 0, EdgeKind.USES, EdgeStatus.DECLARED);
    Graph graph = Graph.of(2, edges);
    Reach reach = Reach.from(graph, new Recent(), 0, Direction.UP);
    assertThat(reach.count()).isEqualTo(1);
    assertThat(reach.plan(Direction.UP)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void planTakesWhatIsFurthestDownFirst() {
    int[] plan = Reach.from(family(), new Recent(), BASE, Direction.DOWN).plan(Direction.DOWN);
    assertThat(plan).containsExactly(QUANTIZED, MERGED, TUNED, BASE);
  }

  @Test
  void edgeOutsideTheGraphIsRefused() {
    EdgeList edges = new EdgeList(1);
    edges.add(0, 7, EdgeKind.USES, EdgeStatus.DECLARED);
    assertThatThrownBy(() -> Graph.of(2, edges)).hasMessageContaining("leaves the 2 nodes");
  }

  /// A million nodes, three edges each, hubs preferred: far from the bars, so that a busy machine
  /// does not fail the test; the figures are printed.
  @Test
  void millionNodesAreBuiltAndReachedInSeconds() {
    int nodes = 1_000_000;
    EdgeList edges = new EdgeList(3 * nodes);
    SplittableRandom random = new SplittableRandom(1);
    long begin = System.nanoTime();
    for (int node = 1; node < nodes; node++) {
      for (int k = 0; k < 3; k++) {
        double skewed = random.nextDouble();
        int parent = (int) (skewed * skewed * node);
        edges.add(node, parent, EdgeKind.USES, EdgeStatus.DECLARED);
      }
    }
    Graph graph = Graph.of(nodes, edges);
    long built = System.nanoTime();
    Reach all = Reach.from(graph, new Recent(), 0, Direction.DOWN);
    long reached = System.nanoTime();
    assertThat(all.count()).isEqualTo(nodes - 1);
    System.out.printf(
        "graph 1M/3M: built in %d ms, all reached in %d ms%n",
        (built - begin) / 1_000_000, (reached - built) / 1_000_000);
    assertThat(built - begin).as("nanoseconds").isLessThan(20_000_000_000L);
    assertThat(reached - built).as("nanoseconds").isLessThan(5_000_000_000L);
  }

  /// Tuned and merged from the base, quantized from the merge; the merge is of both.
  private static Graph family() {
    EdgeList edges = new EdgeList(0);
    edges.add(TUNED, BASE, EdgeKind.FINE_TUNE, EdgeStatus.DECLARED);
    edges.add(MERGED, BASE, EdgeKind.MERGE_MODELS, EdgeStatus.VERIFIED);
    edges.add(MERGED, TUNED, EdgeKind.MERGE_MODELS, EdgeStatus.VERIFIED);
    edges.add(QUANTIZED, MERGED, EdgeKind.QUANTIZE, EdgeStatus.VERIFIED);
    return Graph.of(5, edges);
  }
}
