package dev.vidimus.registry.decide;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.StandingException;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who may not approve an artifact: whoever brought it in, and the authors of exceptions for it.
/// Those of the policy have two, its owner and whoever published the policy.
final class Barred {
  private final Map<String, String> reasons = new TreeMap<>();

  private Barred() {}

  static Barred from(Sql sql, Artifact artifact, CheckedPolicy policy) throws IOException {
    Barred barred = new Barred();
    for (String owner :
        sql.all(
            "SELECT DISTINCT owner FROM exception WHERE snapshot = ?",
            row -> row.text(1),
            artifact.snapshot())) {
      barred.reasons.put(owner, "somebody who asked for no exception for " + artifact.label());
    }
    List<String> digests =
        policy.bundle().exceptions().isEmpty()
            ? List.of()
            : sql.all(
                "SELECT alias FROM alias WHERE snapshot = ?",
                row -> row.text(1),
                artifact.snapshot());
    for (StandingException exception : policy.bundle().exceptions()) {
      if (exception.artifact().equals(artifact.snapshot())
          || digests.contains(exception.artifact())) {
        String reason = "somebody who made no exception of the policy for " + artifact.label();
        barred.reasons.put(exception.owner(), reason);
        String publisher =
            sql.first(
                "SELECT actor FROM policy WHERE digest = ? ORDER BY idx DESC LIMIT 1",
                row -> row.text(1),
                policy.digest());
        if (publisher != null) {
          barred.reasons.put(publisher, reason);
        }
      }
    }
    for (String submitter : Artifact.submitters(sql, artifact.snapshot())) {
      barred.reasons.put(submitter, "somebody who did not submit " + artifact.label());
    }
    return barred;
  }

  boolean has(String person) {
    return reasons.containsKey(person);
  }

  /// @throws CheckFailed if the person is
  void requireNot(String person) throws CheckFailed {
    String reason = reasons.get(person);
    if (reason != null) {
      throw new CheckFailed("separation of duties", reason, person + ", who did");
    }
  }
}
