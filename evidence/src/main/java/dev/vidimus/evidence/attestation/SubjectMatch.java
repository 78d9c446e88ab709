package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Finds an artifact among the subjects of a statement. Only digests say that it is there; names
/// are for people.
///
/// @param subject the first that is the artifact
/// @param algorithm by which it is
record SubjectMatch(Subject subject, String algorithm) {
  private static final int PRINTED = 400;

  /// @throws CheckFailed if no subject is the artifact, or one is by some digests and not by others
  static SubjectMatch require(AttestedArtifact artifact, List<Subject> subjects)
      throws CheckFailed, IOException {
    for (Subject subject : subjects) {
      String equal = "";
      String other = "";
      for (Map.Entry<String, String> digest : subject.digest().entrySet()) {
        String algorithm = digest.getKey();
        String own =
            DigestStrength.isWeak(algorithm) ? null : artifact.digest(algorithm, digest.getValue());
        if (own == null) {
          continue;
        }
        if (own.equals(digest.getValue())) {
          equal = equal.isEmpty() ? algorithm : equal;
        } else if (!algorithm.equals("dirHash")) { // which a renamed file has another of
          other = algorithm;
        }
      }
      if (!equal.isEmpty() && !other.isEmpty()) {
        throw new CheckFailed(
            "subject",
            "one artifact",
            "a subject whose " + equal + " is the artifact's, and whose " + other + " is not");
      }
      if (!equal.isEmpty()) {
        return new SubjectMatch(subject, equal);
      }
    }
    throw new CheckFailed(
        "subject",
        "one with " + artifact.digests(),
        subjects.isEmpty() ? "none" : Printable.of(digests(subjects), PRINTED));
  }

  private static String digests(List<Subject> subjects) {
    return subjects.size() + ": " + subjects.stream().limit(10).map(Subject::digest).toList();
  }
}
