package dev.vidimus.registry.question;

import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What there is to tell of the lineage of one node: what is above, what is below, how every edge
/// is known, and why.
public final class LineageStory {
  /// Nodes that are told of in one direction; how many there are is always said.
  public static final int MOST = 2_000;

  private final LineageNode start;
  private final Way up;
  private final Way down;
  private final List<LineageTree.Edge> edges;
  private final List<LineageNode> plan;
  private final Map<String, String> states = new HashMap<>();
  private final Map<List<String>, List<String>> why = new HashMap<>();

  /// What is in one direction.
  ///
  /// @param count of all of them
  /// @param hits the nearest
  public record Way(int count, List<LineageTree.Hit> hits) {
    public Way {
      hits = List.copyOf(hits);
    }
  }

  private LineageStory(
      LineageNode start, Way up, Way down, List<LineageTree.Edge> edges, List<LineageNode> plan) {
    this.start = start;
    this.up = up;
    this.down = down;
    this.edges = List.copyOf(edges);
    this.plan = List.copyOf(plan);
  }

  /// Tells of a node.
  ///
  /// @param only the direction that is asked for, or null for both
  /// @param most nodes in each direction
  /// @param withPlan whether the order is wanted in which things are taken out of use
  public static LineageStory of(
      Sql sql, LineageMap map, String key, @Nullable Direction only, int most, boolean withPlan)
      throws IOException {
    LineageTree up = map.tree(key, Direction.UP);
    LineageTree down = map.tree(key, Direction.DOWN);
    Set<LineageTree.Edge> edges = new LinkedHashSet<>();
    Way above = new Way(0, List.of());
    Way below = new Way(0, List.of());
    if (only != Direction.DOWN) {
      above = new Way(up.count(), up.hits(most));
      edges.addAll(up.edges(most));
    }
    if (only != Direction.UP) {
      below = new Way(down.count(), down.hits(most));
      edges.addAll(down.edges(most));
    }
    LineageStory story =
        new LineageStory(
            up.start(), above, below, List.copyOf(edges), withPlan ? down.plan() : List.of());
    story.look(sql, map);
    return story;
  }

  private void look(Sql sql, LineageMap map) throws IOException {
    List<LineageNode> nodes = new ArrayList<>(plan);
    nodes.add(start);
    up.hits().forEach(hit -> nodes.add(hit.node()));
    down.hits().forEach(hit -> nodes.add(hit.node()));
    for (LineageNode node : nodes) {
      if (node.isArtifact() && !states.containsKey(node.key())) {
        String state =
            sql.first(
                "SELECT state FROM artifact WHERE snapshot = ?", row -> row.text(1), node.key());
        states.put(node.key(), state == null ? "" : state);
      }
    }
    Origins origins = new Origins(sql);
    Map<List<String>, List<Artifact>> meant = new HashMap<>(); // many say the same
    Set<String> children = new LinkedHashSet<>();
    edges.forEach(edge -> children.add(edge.child()));
    for (String child : children) {
      Integer id = map.id(child);
      if (id == null || !map.node(id).isArtifact()) {
        continue;
      }
      Map<String, Origins.Compared> compared = Origins.current(origins.compared(child));
      compared.forEach(
          (parent, one) ->
              add(child, parent, one.relation() + ": " + one.verdict() + " " + one.reason()));
      for (Origins.Claim claim : origins.claims(child)) {
        List<String> said = List.of(claim.target(), claim.revision(), claim.digest());
        List<Artifact> candidates = meant.get(said);
        if (candidates == null) {
          candidates = origins.candidates(claim);
          meant.put(said, candidates);
        }
        for (Artifact candidate : candidates) {
          add(child, candidate.snapshot(), "says " + claim.text());
        }
        add(child, claim.kind() + ":" + claim.target(), "says " + claim.text());
      }
    }
  }

  private void add(String child, String parent, String reason) {
    why.computeIfAbsent(List.of(child, parent), edge -> new ArrayList<>()).add(reason);
  }

  /// What it is about.
  public LineageNode start() {
    return start;
  }

  /// What it was made from.
  public Way up() {
    return up;
  }

  /// What was made from it.
  public Way down() {
    return down;
  }

  /// Everything between them.
  public List<LineageTree.Edge> edges() {
    return edges;
  }

  /// The order in which things are taken out of use, if that was asked for.
  public List<LineageNode> plan() {
    return plan;
  }

  /// Where an artifact stands; empty for everything else.
  public String state(LineageNode node) {
    return states.getOrDefault(node.key(), "");
  }

  /// Who says so, and what was computed.
  public List<String> why(LineageTree.Edge edge) {
    return why.getOrDefault(List.of(edge.child(), edge.parent()), List.of());
  }
}
