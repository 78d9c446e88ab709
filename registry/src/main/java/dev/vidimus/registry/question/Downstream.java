package dev.vidimus.registry.question;

import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What follows from some artifacts: everything that was made from them, and where that runs.
///
/// @param reached what, the nearest first; the artifacts themselves, and what runs one of them, are
///     not in it
public record Downstream(List<Reached> reached) {
  public Downstream {
    reached = List.copyOf(reached);
  }

  /// One that follows.
  ///
  /// @param from label of the artifact where the way begins
  /// @param hit the way
  /// @param way labels of the nodes on it, both ends included
  /// @param state where an artifact stands; empty for everything else
  public record Reached(String from, LineageTree.Hit hit, List<String> way, String state) {
    public Reached {
      way = List.copyOf(way);
    }
  }

  /// Follows the edges down from some artifacts.
  public static Downstream of(Sql sql, LineageMap map, List<Artifact> artifacts)
      throws IOException {
    Map<String, Artifact> direct = new LinkedHashMap<>();
    artifacts.forEach(artifact -> direct.put(artifact.snapshot(), artifact));
    Map<String, Reached> all = new LinkedHashMap<>();
    for (Artifact artifact : direct.values()) {
      if (map.id(artifact.snapshot()) == null) {
        continue;
      }
      LineageTree tree = map.tree(artifact.snapshot(), Direction.DOWN);
      for (LineageTree.Hit hit : tree.hits(LineageStory.MOST)) {
        String previous = hit.via().get(hit.via().size() - 2);
        boolean isDirectly =
            hit.node().kind() == LineageNode.Kind.DEPLOYMENT && direct.containsKey(previous);
        if (!direct.containsKey(hit.node().key()) && !isDirectly) {
          all.merge(hit.node().key(), reached(sql, map, artifact, hit), Downstream::better);
        }
      }
    }
    return new Downstream(new ArrayList<>(all.values()));
  }

  private static Reached better(Reached one, Reached other) {
    if (one.hit().isProven() != other.hit().isProven()) {
      return one.hit().isProven() ? one : other;
    }
    return other.hit().distance() < one.hit().distance() ? other : one;
  }

  private static Reached reached(Sql sql, LineageMap map, Artifact artifact, LineageTree.Hit hit)
      throws IOException {
    List<String> way = new ArrayList<>();
    for (String key : hit.via()) {
      Integer id = map.id(key);
      way.add(id == null ? key : map.node(id).label());
    }
    String state = "";
    if (hit.node().isArtifact()) {
      String known =
          sql.first(
              "SELECT state FROM artifact WHERE snapshot = ?",
              row -> row.text(1),
              hit.node().key());
      state = known == null ? "" : known;
    }
    return new Reached(artifact.label(), hit, way, state);
  }

  /// How many of them are proven: some way to them has only verified edges.
  public long proven() {
    return reached.stream().filter(one -> one.hit().isProven()).count();
  }

  /// How many of them are workloads.
  public long workloads() {
    return reached.stream()
        .filter(one -> one.hit().node().kind() == LineageNode.Kind.DEPLOYMENT)
        .count();
  }
}
