package dev.vidimus.registry.question;

import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.lineage.graph.EdgeList;
import dev.vidimus.lineage.graph.Graph;
import dev.vidimus.lineage.graph.Recent;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was made from what in the whole registry, as of one moment, in memory. What happens later
/// is laid over it, so that one more entry of the log costs what it changes, not a new map.
public final class LineageMap {
  /// Changed rows that may be laid over a map: each change copies them.
  private static final int MOST_CHANGED = 2_000;

  private final Base base;
  private final Recent recent;

  /// Nodes that came, or are called otherwise, since the base was made.
  private final Map<Integer, LineageNode> newer;

  private final Map<String, Integer> newerIds;

  /// What nothing leads to any more, and is no artifact.
  private final Set<Integer> gone;

  private final Moment moment;

  /// What never changes.
  private record Base(List<LineageNode> nodes, Map<String, Integer> ids, Graph graph) {}

  /// What is in a map.
  ///
  /// @param stamp of everything that it follows from
  /// @param entry the last of the log that is in it
  /// @param deployed what runs, by its workload's key
  record Moment(String stamp, long entry, Map<String, Set<String>> deployed) {}

  private LineageMap(
      Base base,
      Recent recent,
      Map<Integer, LineageNode> newer,
      Map<String, Integer> newerIds,
      Set<Integer> gone,
      Moment moment) {
    this.base = base;
    this.recent = recent;
    this.newer = newer;
    this.newerIds = newerIds;
    this.gone = gone;
    this.moment = moment;
  }

  /// Reads it from the tables.
  public static LineageMap read(Sql sql) throws IOException {
    LineageRows rows = new LineageRows(sql);
    Moment moment = rows.moment();
    List<LineageNode> nodes = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    EdgeList edges = new EdgeList(1024);
    rows.all(
        new LineageRows.Nodes() {
          @Override
          public int node(LineageNode.Kind kind, String key, String label) {
            return ids.computeIfAbsent(
                key,
                one -> {
                  nodes.add(new LineageNode(kind, key, label));
                  return nodes.size() - 1;
                });
          }

          @Override
          public @Nullable Integer id(String key) {
            return ids.get(key);
          }
        },
        moment,
        edges);
    Graph graph = Graph.of(nodes.size(), edges);
    return new LineageMap(
        new Base(nodes, ids, graph), new Recent(), Map.of(), Map.of(), Set.of(), moment);
  }

  /// The map as it is now: this one, or this one and what changed, or a new one if that is much.
  public LineageMap next(Sql sql) throws IOException {
    LineageRows rows = new LineageRows(sql);
    Moment now = rows.moment();
    if (now.stamp().equals(moment.stamp())) {
      return this;
    }
    Set<String> changed = rows.changed(moment, now, MOST_CHANGED);
    return recent.changed() + changed.size() > MOST_CHANGED
        ? read(sql)
        : new Change(rows, now).with(changed);
  }

  /// What it follows from; another one means that something changed.
  public String stamp() {
    return moment.stamp();
  }

  /// The stamp that a map would have now.
  public static String stamp(Sql sql) throws IOException {
    return LineageRows.stamp(sql);
  }

  /// One map becoming the next.
  private final class Change implements LineageRows.Nodes {
    private final LineageRows rows;
    private final Moment now;
    private final Map<Integer, LineageNode> nodes = new HashMap<>(newer);
    private final Map<String, Integer> numbers = new HashMap<>(newerIds);
    private final Set<Integer> left = new HashSet<>(gone);
    private final Set<Integer> touched = new HashSet<>();
    private int count = size();

    Change(LineageRows rows, Moment now) {
      this.rows = rows;
      this.now = now;
    }

    /// @param changed keys of what has other edges than before
    LineageMap with(Set<String> changed) throws IOException {
      EdgeList edges = new EdgeList(16);
      rows.some(changed, this, now, edges);
      Set<Integer> children = new HashSet<>();
      for (String key : changed) {
        Integer child = id(key);
        if (child != null) {
          children.add(child);
          touched.add(child);
          if (child < size()) {
            recent.visit(
                base.graph(), child, Direction.UP, (parent, kind, status) -> touched.add(parent));
          }
        }
      }
      Recent after = recent.replacing(count, children, edges);
      for (int node : touched) {
        LineageNode one = nodes.containsKey(node) ? nodes.get(node) : base.nodes().get(node);
        boolean[] isLinked = {one.isArtifact()};
        for (Direction direction : Direction.values()) {
          after.visit(base.graph(), node, direction, (other, kind, status) -> isLinked[0] = true);
        }
        if (isLinked[0]) {
          left.remove(node);
        } else {
          left.add(node);
        }
      }
      return new LineageMap(base, after, nodes, numbers, left, now);
    }

    @Override
    public @Nullable Integer id(String key) {
      Integer id = numbers.get(key);
      return id == null ? base.ids().get(key) : id;
    }

    @Override
    public int node(LineageNode.Kind kind, String key, String label) {
      Integer id = id(key);
      LineageNode node = new LineageNode(kind, key, label);
      if (id == null) {
        id = count++;
        numbers.put(key, id);
      }
      nodes.put(id, node);
      touched.add(id);
      return id;
    }
  }

  /// How many numbers nodes have; some may stand for nothing any more.
  public int size() {
    return recent.nodes(base.graph());
  }

  /// How many edges it has.
  public int edges() {
    return recent.edges(base.graph());
  }

  /// A node by its number.
  public LineageNode node(int id) {
    LineageNode one = newer.get(id);
    return one == null ? base.nodes().get(id) : one;
  }

  /// The number of what has this key, or null.
  public @Nullable Integer id(String key) {
    Integer id = newerIds.get(key);
    id = id == null ? base.ids().get(key) : id;
    return id == null || gone.contains(id) ? null : id;
  }

  Graph graph() {
    return base.graph();
  }

  /// What is laid over [#graph()].
  Recent recent() {
    return recent;
  }

  /// What is above or below something.
  ///
  /// @param key of a node that is there
  public LineageTree tree(String key, Direction direction) {
    Integer id = id(key);
    if (id == null) {
      throw new IllegalArgumentException("no node " + key);
    }
    return LineageTree.of(this, id, direction);
  }
}
