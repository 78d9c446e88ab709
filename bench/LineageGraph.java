import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.lineage.graph.EdgeList;
import dev.vidimus.lineage.graph.EdgeStatus;
import dev.vidimus.lineage.graph.Graph;
import dev.vidimus.lineage.graph.Reach;
import dev.vidimus.lineage.graph.Recent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.SplittableRandom;

/// Measures the graph of a lineage as packages have it: every node was made from three earlier
/// ones, the earliest preferred. Argument: nodes. Prints the build, a walk over everything, the
/// slowest walk over tens of thousands, and what the graph holds in memory.
class LineageGraph {
  private static final int EDGES = 3;
  private static final int TIMES = 9;
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  public static void main(String[] words) {
    int nodes = Integer.parseInt(words[0]);
    EdgeList edges = edges(nodes);
    long before = used();
    long start = System.nanoTime();
    Graph graph = Graph.of(nodes, edges);
    double build = millis(start);
    double memory = (used() - before) / 1e6;
    edges = null;
    double all = Double.MAX_VALUE;
    double first = 0;
    double cpu = Double.MAX_VALUE; // what it would take on an idle machine
    int reached = 0;
    for (int i = 0; i < TIMES; i++) {
      long busy = THREAD.getCurrentThreadCpuTime();
      start = System.nanoTime();
      reached = Reach.from(graph, new Recent(), 0, Direction.DOWN).count();
      all = Math.min(all, millis(start));
      first = i == 0 ? all : first;
      cpu = Math.min(cpu, (THREAD.getCurrentThreadCpuTime() - busy) / 1e6);
    }
    double slowest = 0;
    int most = 0;
    for (int node = 1; node < nodes && most < 60; node += Math.max(1, nodes / 4000)) {
      double best = Double.MAX_VALUE;
      int count = Reach.from(graph, new Recent(), node, Direction.DOWN).count();
      if (count < 10_000 || count > 99_999) {
        continue;
      }
      for (int i = 0; i < 3; i++) {
        start = System.nanoTime();
        Reach.from(graph, new Recent(), node, Direction.DOWN);
        best = Math.min(best, millis(start));
      }
      slowest = Math.max(slowest, best);
      most++;
    }
    System.out.printf(
        Locale.ROOT,
        "graph of %,d nodes and %,d edges: built in %.0f ms, %.0f MB; all %,d reached in %.0f ms"
            + " (the first time %.0f, of the processor %.0f); tens of thousands, the slowest of %d, in %.1f ms%n",
        nodes,
        (long) EDGES * nodes,
        build,
        memory,
        reached,
        all,
        first,
        cpu,
        most,
        slowest);
  }

  private static EdgeList edges(int nodes) {
    SplittableRandom random = new SplittableRandom(1);
    EdgeList edges = new EdgeList(EDGES * nodes);
    for (int child = 1; child < nodes; child++) {
      edges.add(child, child < 16 ? 0 : random.nextInt(child), EdgeKind.USES, EdgeStatus.DECLARED);
      for (int i = 1; i < EDGES; i++) {
        double skew = random.nextDouble();
        int parent = (int) (skew * skew * skew * child);
        edges.add(child, parent, EdgeKind.FINE_TUNE, EdgeStatus.VERIFIED);
      }
    }
    return edges;
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
