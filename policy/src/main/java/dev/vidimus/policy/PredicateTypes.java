package dev.vidimus.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The short words of `trust.yaml` for predicate types; any other is written as its URI.
public final class PredicateTypes {
  /// A signature over a whole model: OpenSSF Model Signing.
  public static final String MODEL = "https://model_signing/signature/v1.0";

  /// How it was built: SLSA provenance.
  public static final Set<String> PROVENANCE =
      Set.of("https://slsa.dev/provenance/v1", "https://slsa.dev/provenance/v0.2");

  /// What somebody else decided about it: a SLSA verification summary.
  public static final String SUMMARY = "https://slsa.dev/verification_summary/v1";

  private static final Map<String, List<String>> WORDS =
      Map.of(
          "model", List.of(MODEL),
          "provenance", PROVENANCE.stream().sorted().toList(),
          "vsa", List.of(SUMMARY),
          "cyclonedx", List.of("https://cyclonedx.org/bom"),
          "spdx", List.of("https://spdx.dev/Document"),
          "openvex", List.of("https://openvex.dev/ns"));

  private PredicateTypes() {}

  /// The predicate types that words and URIs mean.
  static List<String> of(Yaml list) throws PolicyException {
    List<String> types = new ArrayList<>();
    for (Yaml element : list.elements()) {
      String word = element.text();
      List<String> known = WORDS.get(word);
      if (known != null) {
        types.addAll(known);
      } else if (word.contains("://")) {
        types.add(word);
      } else {
        throw element.problem(
            word
                + " is neither a URI nor one of "
                + String.join(", ", WORDS.keySet().stream().sorted().toList())
                + Suggestion.of(word, WORDS.keySet()));
      }
    }
    return types;
  }
}
