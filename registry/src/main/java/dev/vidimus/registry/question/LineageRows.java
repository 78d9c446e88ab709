package dev.vidimus.registry.question;

import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.lineage.graph.EdgeList;
import dev.vidimus.lineage.graph.EdgeStatus;
import dev.vidimus.registry.question.LineageMap.Moment;
import dev.vidimus.registry.question.LineageNode.Kind;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the tables say of lineage: the edges of everything, or of what changed.
final class LineageRows {
  private static final String WORKLOAD = "deployment:";

  /// The tables that edges of artifacts follow from, whose rows have the entry that they are of.
  private static final List<String> TABLES = List.of("submission", "inspection", "derivation");

  private final Sql sql;

  /// Snapshots that go by a name, with the revision of each.
  private final Map<String, Map<String, String>> named = new HashMap<>();

  private boolean hasAllNames;

  LineageRows(Sql sql) {
    this.sql = sql;
  }

  /// The nodes that edges are between.
  interface Nodes {
    /// Numbers a node, which is new if its key is.
    int node(Kind kind, String key, String label);

    /// The number of a node, or null if it is none.
    @Nullable Integer id(String key);
  }

  /// Changes whenever lineage may.
  static String stamp(Sql sql) throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (String table : TABLES) {
      stamp.append(last(sql, table)).append(' ');
    }
    stamp.append(last(sql, "deployment")).append(' ');
    return stamp
        .append(sql.number("SELECT count(*) FROM deployment WHERE until IS NULL"))
        .toString();
  }

  private static long last(Sql sql, String table) throws IOException {
    return sql.number("SELECT COALESCE(max(idx), -1) FROM " + table);
  }

  Moment moment() throws IOException {
    long entry = -1;
    for (String table : TABLES) {
      entry = Math.max(entry, last(sql, table));
    }
    Map<String, Set<String>> deployed = new LinkedHashMap<>();
    sql.all(
        "SELECT snapshot, environment, workload FROM deployment WHERE until IS NULL ORDER BY idx",
        row ->
            deployed
                .computeIfAbsent(
                    WORKLOAD + row.text(2) + "/" + row.text(3), place -> new LinkedHashSet<>())
                .add(row.text(1)));
    return new Moment(stamp(sql), entry, deployed);
  }

  private record Row(String snapshot, Origins.Claim claim) {}

  private record Found(String child, Result result) {}

  private record Result(String parent, String relation, String verdict, String reason) {
    boolean isDefinite() {
      return !verdict.equals("UNKNOWN") && !verdict.equals("UNSUPPORTED");
    }
  }

  /// All nodes and edges.
  void all(Nodes nodes, Moment moment, EdgeList edges) throws IOException {
    List<String> artifacts = artifacts(" ORDER BY a.idx", nodes);
    sql.all(
        "SELECT name, snapshot, revision FROM submission ORDER BY idx",
        row ->
            named
                .computeIfAbsent(row.text(1), name -> new LinkedHashMap<>())
                .put(row.text(2), row.text(3)));
    hasAllNames = true;
    Map<String, Map<String, Result>> results = results("");
    Map<String, List<Origins.Claim>> claims = claims("");
    for (String child : artifacts) {
      origin(
          child,
          claims.getOrDefault(child, List.of()),
          results.getOrDefault(child, Map.of()),
          nodes,
          edges);
    }
    for (String workload : moment.deployed().keySet()) {
      deployment(workload, moment, nodes, edges);
    }
  }

  /// Keys of what has other edges, or is called otherwise, than before; more than `most` of them if
  /// there are more, but perhaps not all.
  Set<String> changed(Moment before, Moment now, int most) throws IOException {
    Set<String> changed = new LinkedHashSet<>();
    for (String table : TABLES) {
      changed.addAll(keys("SELECT DISTINCT snapshot FROM " + table + " WHERE idx > ?", before));
    }
    List<String> came = keys("SELECT DISTINCT snapshot FROM submission WHERE idx > ?", before);
    if (changed.size() > most || came.size() > most) {
      return changed;
    }
    // Who meant what came only now, by its name, its digest or in a comparison.
    for (String name : keys("SELECT DISTINCT name FROM submission WHERE idx > ?", before)) {
      changed.addAll(keys("SELECT DISTINCT snapshot FROM claim WHERE target = ?", name));
    }
    for (String snapshot : came) {
      changed.addAll(keys("SELECT DISTINCT snapshot FROM derivation WHERE parent = ?", snapshot));
      changed.addAll(
          keys(
              "SELECT DISTINCT snapshot FROM claim WHERE digest <> '' AND (digest IN"
                  + " (SELECT alias FROM alias WHERE snapshot = ?) OR digest IN"
                  + " (SELECT sha256 FROM file WHERE snapshot = ?))",
              snapshot,
              snapshot));
    }
    Set<String> workloads = new LinkedHashSet<>(before.deployed().keySet());
    workloads.addAll(now.deployed().keySet());
    for (String workload : workloads) {
      Set<String> ran = before.deployed().getOrDefault(workload, Set.of());
      if (!ran.equals(now.deployed().getOrDefault(workload, Set.of()))) {
        changed.add(workload);
      }
    }
    return changed;
  }

  private List<String> keys(String question, Moment since) throws IOException {
    return sql.all(question, row -> row.text(1), since.entry());
  }

  private List<String> keys(String question, String... values) throws IOException {
    return sql.all(question, row -> row.text(1), (Object[]) values);
  }

  /// The edges of some, which are artifacts or workloads.
  void some(Set<String> keys, Nodes nodes, Moment moment, EdgeList edges) throws IOException {
    List<String> artifacts = new ArrayList<>();
    for (String key : keys) {
      if (!key.startsWith(WORKLOAD)) {
        artifacts.addAll(artifacts(" WHERE a.snapshot = ?", nodes, key));
      }
    }
    for (String child : artifacts) {
      origin(
          child,
          claims(" WHERE snapshot = ?", child).getOrDefault(child, List.of()),
          results(" WHERE snapshot = ?", child).getOrDefault(child, Map.of()),
          nodes,
          edges);
    }
    for (String key : keys) {
      if (moment.deployed().containsKey(key)) {
        deployment(key, moment, nodes, edges);
      }
    }
  }

  /// Numbers artifacts and returns their keys.
  private List<String> artifacts(String which, Nodes nodes, String... values) throws IOException {
    return sql.all(
        "SELECT a.snapshot, a.name, a.version, EXISTS (SELECT 1 FROM claim c"
            + " WHERE c.snapshot = a.snapshot AND c.relation = 'adapter-of')"
            + " FROM artifact a"
            + which,
        row -> {
          String key = row.text(1);
          String label = row.text(2) + "@" + row.number(3);
          nodes.node(row.flag(4) ? Kind.ADAPTER : Kind.ARTIFACT, key, label);
          return key;
        },
        (Object[]) values);
  }

  /// The comparison that counts, by child and parent; see [Origins#current].
  private Map<String, Map<String, Result>> results(String which, String... values)
      throws IOException {
    Map<String, Map<String, Result>> results = new HashMap<>();
    for (Found found :
        sql.all(
            "SELECT snapshot, parent, relation, verdict, reason FROM derivation"
                + which
                + " ORDER BY idx, place",
            row ->
                new Found(
                    row.text(1), new Result(row.text(2), row.text(3), row.text(4), row.text(5))),
            (Object[]) values)) {
      results
          .computeIfAbsent(found.child(), child -> new LinkedHashMap<>())
          .merge(
              found.result().parent(),
              found.result(),
              (old, next) -> old.isDefinite() && !next.isDefinite() ? old : next);
    }
    return results;
  }

  private Map<String, List<Origins.Claim>> claims(String which, String... values)
      throws IOException {
    Map<String, List<Origins.Claim>> claims = new HashMap<>();
    for (Row row :
        sql.all(
            "SELECT snapshot, kind, relation, direct, target, revision, digest, place, status"
                + " FROM claim"
                + which
                + " ORDER BY idx, place, target",
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
                        one.text(9))),
            (Object[]) values)) {
      claims.computeIfAbsent(row.snapshot(), child -> new ArrayList<>()).add(row.claim());
    }
    return claims;
  }

  private record Named(String snapshot, String revision) {}

  private Map<String, String> named(String name) throws IOException {
    Map<String, String> known = named.get(name);
    if (known == null && !hasAllNames) {
      known = new LinkedHashMap<>();
      for (Named one :
          sql.all(
              "SELECT snapshot, revision FROM submission WHERE name = ? ORDER BY idx",
              row -> new Named(row.text(1), row.text(2)),
              name)) {
        known.put(one.snapshot(), one.revision());
      }
      named.put(name, known);
    }
    return known == null ? Map.of() : known;
  }

  private void origin(
      String child,
      List<Origins.Claim> said,
      Map<String, Result> found,
      Nodes nodes,
      EdgeList edges)
      throws IOException {
    Map<String, Strength> strongest = new LinkedHashMap<>();
    for (Origins.Claim claim : said) {
      List<String> candidates = candidates(claim);
      List<String> proven = candidates.stream().filter(one -> isVerified(found.get(one))).toList();
      // Which version was meant is known once one of them fits.
      for (String parent : proven.isEmpty() ? candidates : proven) {
        strengthen(strongest, parent, strength(claim, found.get(parent)));
      }
      if (candidates.isEmpty()) {
        strengthen(strongest, outside(claim, nodes), strength(claim, null));
      }
    }
    for (Result result : found.values()) { // what is not said any more was compared all the same
      if (!strongest.containsKey(result.parent()) && result.isDefinite()) {
        EdgeStatus status = isVerified(result) ? EdgeStatus.VERIFIED : EdgeStatus.REFUTED;
        strengthen(strongest, result.parent(), new Strength(kind(result), status));
      }
    }
    Integer from = nodes.id(child);
    strongest.forEach(
        (parent, strength) -> {
          Integer to = nodes.id(parent);
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
    named(claim.target())
        .forEach(
            (snapshot, revision) -> {
              if (!Origins.isPinned(claim) || revision.startsWith(claim.revision())) {
                found.add(snapshot);
              }
            });
    return found;
  }

  /// Something that is named and is not here.
  private static String outside(Origins.Claim claim, Nodes nodes) {
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
    nodes.node(kind, key, name);
    return key;
  }

  private static void deployment(String key, Moment moment, Nodes nodes, EdgeList edges) {
    for (String snapshot : moment.deployed().getOrDefault(key, Set.of())) {
      Integer artifact = nodes.id(snapshot);
      if (artifact != null) {
        int workload = nodes.node(Kind.DEPLOYMENT, key, key.substring(WORKLOAD.length()));
        edges.add(workload, artifact, EdgeKind.DEPLOYED_AS, EdgeStatus.VERIFIED);
      }
    }
  }
}
