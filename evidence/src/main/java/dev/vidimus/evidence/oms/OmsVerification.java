package dev.vidimus.evidence.oms;

import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The whole result of verifying one signature of a model.
///
/// @param answer yes, no, or could not tell
/// @param strict whether `--strict` was asked for
/// @param steps in order; the last one failed unless the answer is yes
/// @param notes what a person should know and what changes no answer
/// @param signer who signed, once the signature was verified
/// @param comparison every difference, once the files were compared
/// @param verified the token, if the answer is yes
public record OmsVerification(
    Answer answer,
    boolean strict,
    List<Step> steps,
    List<String> notes,
    @Nullable Signer signer,
    Comparison comparison,
    @Nullable Verified verified) {
  public OmsVerification {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }
}
