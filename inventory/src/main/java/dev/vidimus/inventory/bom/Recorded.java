package dev.vidimus.inventory.bom;

import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Property;
import dev.vidimus.inventory.deps.Purl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a registry knows of an artifact beyond what its files say. The registry hands it in.
///
/// @param origins what it is made from, as far as somebody signed or recomputed it
/// @param weights tensor roots of its models
/// @param workloads that run it
public record Recorded(List<Origin> origins, List<Weights> weights, List<Workload> workloads) {
  public Recorded {
    origins = List.copyOf(origins);
    weights = List.copyOf(weights);
    workloads = List.copyOf(workloads);
  }

  /// What is known of one parent.
  ///
  /// @param name as cards and configurations have it; a digest if nobody named it
  /// @param relation such as `quantized_from`; empty if it is not known
  /// @param standing how it is known that it was made from it
  /// @param why in a line, with the digest of the statement that says so
  public record Origin(String name, String relation, Standing standing, String why) {}

  /// How a claim of descent stands.
  public enum Standing {
    ATTESTED,
    VERIFIED,
    /// The weights contradict it.
    REFUTED
  }

  /// Weights in one folder.
  ///
  /// @param folder empty at the top
  /// @param root `sha256:` and 64 hex digits
  public record Weights(String folder, String root) {}

  /// A workload.
  ///
  /// @param since when it runs, in ISO 8601
  public record Workload(String environment, String name, String since, String actor) {}

  /// The same bill with what is recorded of its root.
  public Bill on(Bill bill) {
    Part root = bill.part(bill.root());
    if (root == null) {
      return bill;
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    bill.parts().forEach(part -> parts.put(part.ref(), part));
    List<Edge> edges = new ArrayList<>(bill.edges());
    List<Property> facts = new ArrayList<>(root.properties());
    for (Weights one : weights) {
      String where = one.folder().isEmpty() ? "" : one.folder() + " ";
      facts.add(new Property(DiscoveryWords.TENSOR_ROOT, where + one.root()));
    }
    for (Origin origin : origins) {
      facts.add(
          new Property(
              origin.standing() == Standing.REFUTED
                  ? DiscoveryWords.REFUTED
                  : DiscoveryWords.EVIDENCE,
              origin.name() + ": " + origin.why()));
      if (origin.standing() != Standing.REFUTED) {
        descends(bill.root(), origin, parts, edges);
      }
    }
    for (Workload workload : workloads) {
      String ref = "deployment:" + workload.environment() + "/" + workload.name();
      parts.put(
          ref,
          Part.of(ref, "application", workload.name(), Known.OBSERVED)
              .with(
                  List.of(
                      new Property(DiscoveryWords.ENVIRONMENT, workload.environment()),
                      new Property(DiscoveryWords.SINCE, workload.since()),
                      new Property(DiscoveryWords.DEPLOYED_BY, workload.actor()))));
      edges.add(Edge.of(ref, Relation.DEPENDS_ON, bill.root()));
    }
    parts.put(bill.root(), root.with(facts));
    return new Bill(
        bill.root(), List.copyOf(parts.values()), edges, bill.completeness(), bill.rest());
  }

  /// What was declared of that parent is upgraded; a parent that nobody declared is added.
  private static void descends(
      String root, Origin origin, Map<String, Part> parts, List<Edge> edges) {
    Known known = origin.standing() == Standing.VERIFIED ? Known.VERIFIED : Known.ATTESTED;
    boolean isThere = false;
    for (int i = 0; i < edges.size(); i++) {
      Edge edge = edges.get(i);
      Part parent = parts.get(edge.to());
      if (edge.from().equals(root)
          && edge.relation() == Relation.DESCENDS_FROM
          && parent != null
          && parent.name().equals(origin.name())) {
        edges.set(i, new Edge(root, edge.relation(), edge.to(), edge.how(), known));
        isThere = true;
      }
    }
    if (!isThere) {
      boolean isName = origin.name().matches("[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+");
      String purl = isName ? Purl.model(origin.name(), "") : "";
      String ref = purl.isEmpty() ? "model:" + origin.name() : purl;
      parts.putIfAbsent(
          ref, Part.of(ref, Part.MODEL, origin.name(), Known.DECLARED).addressed(purl).elsewhere());
      edges.add(new Edge(root, Relation.DESCENDS_FROM, ref, origin.relation(), known));
    }
  }
}
