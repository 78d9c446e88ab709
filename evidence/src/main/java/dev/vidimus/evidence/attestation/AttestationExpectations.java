package dev.vidimus.evidence.attestation;

import dev.vidimus.evidence.slsa.ProvenanceExpectations;
import dev.vidimus.evidence.slsa.SummaryExpectations;
import org.jspecify.annotations.Nullable;

/// What an attestation must say.
///
/// @param type the predicate type, exactly, or null for any
/// @param provenance of a build; if it is not empty, the predicate must be provenance
/// @param summary of a verification; if it is not empty, the predicate must be one
public record AttestationExpectations(
    @Nullable String type, ProvenanceExpectations provenance, SummaryExpectations summary) {
  /// Any statement about the artifact, by whom the caller trusts.
  public static final AttestationExpectations NONE =
      new AttestationExpectations(null, ProvenanceExpectations.NONE, SummaryExpectations.NONE);
}
