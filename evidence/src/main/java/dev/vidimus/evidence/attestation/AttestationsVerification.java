package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.sigstore.BundleTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The result of verifying every attestation of a file.
///
/// @param answer yes only if something was selected and, as the caller asked, all of it or one of
/// it passed
/// @param problem why the file could not be read; empty if it could
/// @param each in the order of the file, selected or not
public record AttestationsVerification(
    Answer answer, String problem, List<AttestationVerification> each) {
  public AttestationsVerification {
    each = List.copyOf(each);
  }

  /// Verifies a file's attestations.
  ///
  /// @param isOneEnough whether one that passes is enough; else all that are selected must
  /// @return a result for each; never an exception for what the file is
  public static AttestationsVerification verify(
      Path file,
      AttestedArtifact artifact,
      BundleTrust trust,
      AttestationExpectations expected,
      boolean isOneEnough,
      Instant now) {
    try {
      List<AttestationVerification> each =
          AttestationFile.read(file).stream()
              .map(one -> AttestationVerifier.verify(one, artifact, trust, expected, now))
              .toList();
      return new AttestationsVerification(answer(each, isOneEnough), "", each);
    } catch (FormatException | IOException e) {
      return new AttestationsVerification(
          Answer.COULD_NOT_TELL, String.valueOf(e.getMessage()), List.of());
    }
  }

  private static Answer answer(List<AttestationVerification> each, boolean isOneEnough) {
    List<Answer> answers = selected(each).map(AttestationVerification::answer).toList();
    if (isOneEnough && answers.contains(Answer.YES)) {
      return Answer.YES;
    }
    if (answers.contains(Answer.NO) || answers.isEmpty()) {
      return isOneEnough && answers.contains(Answer.COULD_NOT_TELL)
          ? Answer.COULD_NOT_TELL
          : Answer.NO;
    }
    return answers.contains(Answer.COULD_NOT_TELL) ? Answer.COULD_NOT_TELL : Answer.YES;
  }

  private static Stream<AttestationVerification> selected(List<AttestationVerification> each) {
    return each.stream().filter(AttestationVerification::isSelected);
  }

  /// How many are of the type that was asked for, or may be.
  public long selected() {
    return selected(each).count();
  }

  /// How many of these passed.
  public long passed() {
    return selected(each).filter(one -> one.answer() == Answer.YES).count();
  }
}
