package dev.vidimus.evidence.attestation;

import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.sigstore.BundleSigner;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The whole result of verifying one attestation.
///
/// @param place in its file: `line 2`; empty if it is alone there
/// @param isSelected whether it is of the predicate type that was asked for, or may be
/// @param answer yes, no, or could not tell
/// @param steps in order; the last one failed unless the answer is yes
/// @param notes what a person should know and what changes no answer
/// @param signer who signed, once the signature was verified
/// @param predicateType once the signature was verified; else empty
/// @param claims what the predicate says, once the signature was verified; whether it is what was
/// expected is the steps' to say
/// @param verified the token, if the answer is yes
public record AttestationVerification(
    String place,
    boolean isSelected,
    Answer answer,
    List<Step> steps,
    List<String> notes,
    @Nullable BundleSigner signer,
    String predicateType,
    Map<String, String> claims,
    @Nullable VerifiedAttestation verified) {
  public AttestationVerification {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }
}
