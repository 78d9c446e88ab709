package dev.vidimus.registry.question;

import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.lineage.graph.EdgeList;
import dev.vidimus.lineage.graph.EdgeStatus;
import dev.vidimus.lineage.graph.Graph;
import dev.vidimus.registry.question.LineageNode.Kind;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was made from what in the whole registry, as of one moment, in memory.
public final class LineageMap {
  private final List<LineageNode> nodes;
  private final Map<String, Integer> ids;
  private final Graph graph;

  private LineageMap(List<LineageNode> nodes, Map<String, Integer> ids, Graph graph) {
    this.nodes = nodes;
    this.ids = ids;
    this.graph = graph;
  }

  /// Reads it from the tables.
  public static LineageMap read(Sql sql) throws IOException {
    return new Reading(sql).map();
  }

  /// Changes whenever the map would: the last entries that it follows from.
  public static String stamp(Sql sql) throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (String question :
        List.of(
            "SELECT max(idx) FROM submission",
            "SELECT max(idx) FROM inspection",
            "SELECT max(idx) FROM derivation",
            "SELECT max(idx) FROM deployment",
            "SELECT count(*) FROM deployment WHERE until IS NULL")) {
      stamp.append(sql.number(question)).append(' ');
    }
    return stamp.toString();
  }

  /// Everything that is in it.
  public int size() {
    return nodes.size();
  }

  /// How many edges it has.
  public int edges() {
    return graph.edges();
  }

  /// A node by its number.
  public LineageNode node(int id) {
    return nodes.get(id);
  }

  /// The number of what has this key, or null.
  public @Nullable Integer id(String key) {
    return ids.get(key);
  }

  Graph graph() {
    return graph;
  }

  /// What is above or below something.
  ///
  /// @param key of a node that is there
  public LineageTree tree(String key, Direction direction) {
    Integer id = ids.get(key);
    if (id == null) {
      throw new IllegalArgumentException("no node " + key);
    }
    return LineageTree.of(this, id, direction);
  }

  /// Collects nodes and edges.
  private static final class Reading {
    private final Sql sql;
    private final List<LineageNode> nodes = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final EdgeList edges = new EdgeList(1024);

    /// Snapshots that go by a name, with the revision of each.
    private final Map<String, Map<String, String>> named = new HashMap<>();

    Reading(Sql sql) {
      this.sql = sql;
    }

    private record Row(String snapshot, Origins.Claim claim) {}

    private record Result(String parent, String relation, String verdict, String reason) {
      boolean isDefinite() {
        return !verdict.equals("UNKNOWN") && !verdict.equals("UNSUPPORTED");
      }
    }

    LineageMap map() throws IOException {
      artifacts();
      Map<String, Map<String, Result>> results = results();
      Map<String, List<Origins.Claim>> claims = claims();
      for (String child : new ArrayList<>(ids.keySet())) {
        List<Origins.Claim> said = claims.getOrDefault(child, List.of());
        Map<String, Result> found = results.getOrDefault(child, Map.of());
        if (!said.isEmpty() || !found.isEmpty()) {
          origin(child, said, found);
        }
      }
      deployments();
      return new LineageMap(nodes, ids, Graph.of(nodes.size(), edges));
    }

    private int node(Kind kind, String key, String label) {
      return ids.computeIfAbsent(
          key,
          one -> {
            nodes.add(new LineageNode(kind, key, label));
            return nodes.size() - 1;
          });
    }

    private void artifacts() throws IOException {
      sql.all(
          "SELECT a.snapshot, a.name, a.version, EXISTS (SELECT 1 FROM claim c"
              + " WHERE c.snapshot = a.snapshot AND c.relation = 'adapter-of')"
              + " FROM artifact a ORDER BY a.idx",
          row ->
              node(
                  row.flag(4) ? Kind.ADAPTER : Kind.ARTIFACT,
                  row.text(1),
                  row.text(2) + "@" + row.number(3)));
      sql.all(
          "SELECT name, snapshot, revision FROM submission ORDER BY idx",
          row ->
              named
                  .computeIfAbsent(row.text(1), name -> new LinkedHashMap<>())
                  .put(row.text(2), row.text(3)));
    }

    /// The comparison that counts, by child and parent; see [Origins#current].
    private Map<String, Map<String, Result>> results() throws IOException {
      Map<String, Map<String, Result>> results = new HashMap<>();
      sql.all(
          "SELECT snapshot, parent, relation, verdict, reason FROM derivation ORDER BY idx, place",
          row ->
              results
                  .computeIfAbsent(row.text(1), child -> new LinkedHashMap<>())
                  .merge(
                      row.text(2),
                      new Result(row.text(2), row.text(3), row.text(4), row.text(5)),
                      (old, next) -> old.isDefinite() && !next.isDefinite() ? old : next));
      return results;
    }

    private Map<String, List<Origins.Claim>> claims() throws IOException {
      Map<String, List<Origins.Claim>> claims = new HashMap<>();
      for (Row row :
          sql.all(
              "SELECT snapshot, kind, relation, direct, target, revision, digest, place, status"
                  + " FROM claim ORDER BY idx, place, target",
              one ->
                  new Row(
                      one.text(1),
                      new Origins.Claim(
                          one.text(2),
                          one.text(3),
                          one.flag(4),
                          one.text(5),
                          one.text(6),
                          one.text(7),
                          one.text(8),
                          one.text(9))))) {
        claims.computeIfAbsent(row.snapshot(), child -> new ArrayList<>()).add(row.claim());
      }
      return claims;
    }

    private void origin(String child, List<Origins.Claim> said, Map<String, Result> found)
        throws IOException {
      Map<String, Strength> strongest = new LinkedHashMap<>();
      for (Origins.Claim claim : said) {
        List<String> candidates = candidates(claim);
        List<String> proven =
            candidates.stream().filter(one -> isVerified(found.get(one))).toList();
        // Which version was meant is known once one of them fits.
        for (String parent : proven.isEmpty() ? candidates : proven) {
          strengthen(strongest, parent, strength(claim, found.get(parent)));
        }
        if (candidates.isEmpty()) {
          strengthen(strongest, outside(claim), strength(claim, null));
        }
      }
      for (Result result : found.values()) { // what is not said any more was compared all the same
        if (!strongest.containsKey(result.parent()) && result.isDefinite()) {
          EdgeStatus status = isVerified(result) ? EdgeStatus.VERIFIED : EdgeStatus.REFUTED;
          strengthen(strongest, result.parent(), new Strength(kind(result), status));
        }
      }
      Integer from = ids.get(child);
      strongest.forEach(
          (parent, strength) -> {
            Integer to = ids.get(parent);
            if (from != null && to != null && !from.equals(to)) {
              edges.add(from, to, strength.kind(), strength.status());
            }
          });
    }

    private record Strength(EdgeKind kind, EdgeStatus status) {}

    /// A claim that was computed to be false does not become true by being said twice.
    private static void strengthen(Map<String, Strength> all, String parent, Strength one) {
      all.merge(
          parent,
          one,
          (old, next) -> {
            boolean isFalse = old.status() == EdgeStatus.REFUTED;
            return !isFalse && next.status().compareTo(old.status()) > 0 ? next : old;
          });
    }

    private static boolean isVerified(@Nullable Result result) {
      return result != null && result.verdict().equals("VERIFIED");
    }

    private static Strength strength(Origins.Claim claim, @Nullable Result result) {
      EdgeKind said = EdgeKind.ofWord(claim.relation());
      EdgeKind kind = said == null ? EdgeKind.MADE_FROM : said;
      if (result != null && claim.isOfWeights()) {
        if (isVerified(result)) {
          return new Strength(kind(result), EdgeStatus.VERIFIED);
        }
        if (result.verdict().equals("REFUTED") && claim.direct()) {
          return new Strength(kind, EdgeStatus.REFUTED);
        }
      }
      boolean isAttested = claim.status().equals(EdgeStatus.ATTESTED.word());
      return new Strength(kind, isAttested ? EdgeStatus.ATTESTED : EdgeStatus.DECLARED);
    }

    /// The kind of edge that a relation of the command line is.
    private static EdgeKind kind(Result result) {
      return switch (result.relation()) {
        case "same-weights" -> EdgeKind.REPACKAGE;
        case "cast" -> EdgeKind.CAST;
        case "gguf" ->
            result.reason().equals("QUANT_WITHIN_BOUND") ? EdgeKind.QUANTIZE : EdgeKind.CONVERT;
        case "vocab-resize" -> EdgeKind.RESIZE_VOCABULARY;
        case "drop-layers" -> EdgeKind.DROP_LAYERS;
        case "lora-merge" -> EdgeKind.MERGE_ADAPTER;
        case "merge" -> EdgeKind.MERGE_MODELS;
        case "finetune" -> EdgeKind.FINE_TUNE;
        default -> EdgeKind.MADE_FROM;
      };
    }

    private List<String> candidates(Origins.Claim claim) throws IOException {
      if (!claim.digest().isEmpty()) {
        return new Origins(sql).candidates(claim).stream().map(Artifact::snapshot).toList();
      }
      List<String> found = new ArrayList<>();
      named
          .getOrDefault(claim.target(), Map.of())
          .forEach(
              (snapshot, revision) -> {
                if (!Origins.isPinned(claim) || revision.startsWith(claim.revision())) {
                  found.add(snapshot);
                }
              });
      return found;
    }

    /// Something that is named and is not here.
    private String outside(Origins.Claim claim) {
      Kind kind =
          switch (claim.kind()) {
            case "dataset" -> Kind.DATASET;
            case "code" -> Kind.CODE;
            case "tool" -> Kind.TOOL;
            case "material" -> Kind.MATERIAL;
            default -> Kind.MODEL;
          };
      String name = claim.target().isEmpty() ? claim.digest() : claim.target();
      String key = kind.word() + ":" + name;
      node(kind, key, name);
      return key;
    }

    private record Runs(String snapshot, String place) {}

    private void deployments() throws IOException {
      for (Runs runs :
          sql.all(
              "SELECT snapshot, environment, workload FROM deployment WHERE until IS NULL"
                  + " ORDER BY idx",
              row -> new Runs(row.text(1), row.text(2) + "/" + row.text(3)))) {
        Integer artifact = ids.get(runs.snapshot());
        if (artifact != null) {
          int workload = node(Kind.DEPLOYMENT, "deployment:" + runs.place(), runs.place());
          edges.add(workload, artifact, EdgeKind.DEPLOYED_AS, EdgeStatus.VERIFIED);
        }
      }
    }
  }
}
