package dev.vidimus.evidence.sigstore;

import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The whole result of verifying a bundle about an artifact.
///
/// @param answer yes, no, or could not tell
/// @param steps in order; the last one failed unless the answer is yes
/// @param notes what a person should know and what changes no answer
/// @param signer who signed, once that was verified, whatever came behind it
/// @param predicateType of the statement, once its signature was verified; empty for a signature
/// over the artifact itself
public record BundleVerification(
    Answer answer,
    List<Step> steps,
    List<String> notes,
    @Nullable BundleSigner signer,
    String predicateType) {
  public BundleVerification {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }
}
