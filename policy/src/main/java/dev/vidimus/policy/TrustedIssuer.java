package dev.vidimus.policy;

import java.util.List;
import java.util.Map;

/// Somebody whose statements about artifacts are facts, as far as they may make them: the holder of
/// a key, or whoever a Sigstore instance certifies to have an identity.
///
/// @param identity whom it stands for, as rules and reports name it; of a certificate, exactly
/// @param issuer of the identity in a certificate, exactly; empty for a key
/// @param root name of the trusted root, the file `trust/NAME.json` of the bundle; empty for a key
/// @param pem the public key; empty for an identity
/// @param may which predicate types they may issue, as URIs
/// @param builders for whom they may speak in provenance, with the SLSA level that each deserves
/// @param verifiers for whom they may speak in verification summaries
/// @param resources places that their summaries may be for; one that ends with `*` means all that
///     begin so
/// @param place file, line and column
public record TrustedIssuer(
    String identity,
    String issuer,
    String root,
    String pem,
    List<String> may,
    Map<String, Long> builders,
    List<String> verifiers,
    List<String> resources,
    String place) {
  public TrustedIssuer {
    may = List.copyOf(may);
    builders = Map.copyOf(builders);
    verifiers = List.copyOf(verifiers);
    resources = List.copyOf(resources);
  }

  /// Whether it is a key, and no certified identity.
  public boolean isKey() {
    return !pem.isEmpty();
  }

  /// Path of the trusted root among the bundle's files.
  public String rootFile() {
    return "trust/" + root + ".json";
  }

  /// Whether a summary by them may be for this place.
  public boolean mayBeFor(String resource) {
    return resources.stream()
        .anyMatch(
            one ->
                one.endsWith("*")
                    ? resource.startsWith(one.substring(0, one.length() - 1))
                    : resource.equals(one));
  }
}
