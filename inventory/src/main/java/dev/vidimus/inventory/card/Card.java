package dev.vidimus.inventory.card;

import dev.vidimus.artifact.Finding;
import java.util.List;

/// What a card says.
///
/// @param licence as the card has it; empty if it has none
/// @param edges to the models that it names as its origin
/// @param datasets that it names
/// @param metrics that it reports
/// @param findings what is wrong with it, or missing
public record Card(
    String licence,
    List<Edge> edges,
    List<String> datasets,
    List<Metric> metrics,
    List<Finding> findings) {
  public Card {
    edges = List.copyOf(edges);
    datasets = List.copyOf(datasets);
    metrics = List.copyOf(metrics);
    findings = List.copyOf(findings);
  }

  /// The same card with other findings.
  public Card finding(List<Finding> others) {
    return new Card(licence, edges, datasets, metrics, others);
  }

  /// A claim of origin.
  ///
  /// @param relation how the model was made from its parent
  /// @param parent `org/name`, or what stands there instead
  /// @param isResolvable whether the parent is a name that others can look up
  public record Edge(Relation relation, String parent, boolean isResolvable) {}

  /// How a model was made.
  public enum Relation {
    ADAPTER_OF,
    FINETUNED_FROM,
    MERGED_FROM,
    QUANTIZED_FROM
  }

  /// A number that the card reports.
  ///
  /// @param task such as `text-classification`; may be empty
  /// @param dataset on which it was measured; may be empty
  /// @param type such as `accuracy`
  /// @param value as the card writes it
  /// @param isVerified whether the card says that the hub verified it; that is a claim as well
  public record Metric(
      String task, String dataset, String type, String value, boolean isVerified) {}
}
