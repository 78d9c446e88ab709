package dev.vidimus.registry.examine;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.attestation.ClaimedAttestation;
import dev.vidimus.evidence.slsa.Dependency;
import dev.vidimus.evidence.slsa.Provenance;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.policy.PredicateTypes;
import dev.vidimus.registry.statement.Derivation;
import dev.vidimus.registry.statement.Kind;
import java.util.Map;

/// What an attestation says of origin: the materials and the builder of SLSA provenance, and the
/// materials of a derivation that somebody else computed and found true.
final class AttestedOrigin {
  private AttestedOrigin() {}

  /// Adds what it says. Whether that is attested or only said is the caller's to know.
  static void read(ClaimedAttestation attestation, String place, OriginClaims claims) {
    String type = attestation.predicateType();
    try {
      if (PredicateTypes.PROVENANCE.contains(type)) {
        provenance(Provenance.read(type, attestation.predicate()), place, claims);
      } else if (type.equals(Kind.DERIVATION.predicateType())) {
        derivation(Derivation.read(attestation.predicate()), place, claims);
      }
    } catch (FormatException e) {
      // whoever verifies it says why
    }
  }

  private static void provenance(Provenance provenance, String place, OriginClaims claims) {
    claims.name("tool", EdgeKind.USES.word(), true, provenance.builderId(), place);
    for (Dependency dependency : provenance.dependencies()) {
      String uri = dependency.uri();
      boolean isCode = uri.startsWith("git+") || dependency.digest().containsKey("gitCommit");
      boolean isModel = uri.contains("huggingface") || uri.startsWith("hf://");
      String kind = isModel ? "model" : isCode ? "code" : "material";
      String relation = (isCode && !isModel ? EdgeKind.USES : EdgeKind.MADE_FROM).word();
      claims.digest(kind, relation, uri, digest(dependency.digest()), place);
    }
  }

  private static void derivation(Derivation derivation, String place, OriginClaims claims) {
    if (derivation.verified()) {
      for (Derivation.Material material : derivation.materials()) {
        claims.digest("model", EdgeKind.MADE_FROM.word(), "", digest(material.digest()), place);
      }
    }
  }

  /// The one by which the registry may know it.
  private static String digest(Map<String, String> digests) {
    if (digests.containsKey("dirHash")) {
      return "sha256:" + digests.get("dirHash"); // the snapshot digest under its older name
    }
    for (String algorithm : new String[] {"sha256", "gitCommit"}) {
      if (digests.containsKey(algorithm)) {
        return algorithm + ":" + digests.get(algorithm);
      }
    }
    return "";
  }
}
