package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.host.SmallFile;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.registry.statement.Decision;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.Sealing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// The gate without a registry: a signed decision, and the bytes that are there. What was revoked
/// since the decision cannot be known here.
final class OfflineGate {
  private OfflineGate() {}

  /// Requires that a decision lets these bytes run there, by the steps of SLSA's verification
  /// summary.
  ///
  /// @param vsa the decision's bundle
  /// @param gate the key of the gate that must have signed it
  /// @throws CheckFailed naming the step that refused
  static Decision require(Path vsa, VerifyingKey gate, Path model, String environment, Instant now)
      throws IOException, FormatException, CheckFailed {
    // 1. The gate signed it. 2. Its subject is what is there.
    Statement statement =
        Sealing.open(SmallFile.read(vsa, SmallFile.ENVELOPE), gate, vsa.toString());
    requireSubject(statement, Identity.of(model));
    // 3. It is a verification summary. 4. and 5. The key belongs to the verifier, who names the
    // resource itself.
    if (!statement.predicateType().equals(Kind.DECISION.predicateType())) {
      throw new CheckFailed(
          "predicate type", Kind.DECISION.predicateType(), statement.predicateType());
    }
    Decision decision = Decision.read(statement.predicate());
    // 6. It passed, at the stage that promotes. 7. For this environment.
    if (!decision.passed() || !decision.stage().equals("promote")) {
      throw new CheckFailed(
          "result", "PASSED at stage promote", decision.outcome() + " at " + decision.stage());
    }
    if (!decision.environment().equals(environment)) {
      throw new CheckFailed("environment", environment, decision.environment());
    }
    // Its evidence is not too old by the policy that decided.
    Instant until = decision.until();
    if (until != null && !now.isBefore(until)) {
      throw new CheckFailed("valid until", "a time before " + until, now + "; decide anew");
    }
    return decision;
  }

  private static void requireSubject(Statement statement, Identity identity) throws CheckFailed {
    Set<String> known = new HashSet<>();
    known.add(identity.digest().hex());
    if (identity.files().size() == 1 && identity.notInIdentity().isEmpty()) {
      known.add(identity.files().getFirst().sha256().hex());
    }
    for (Subject subject : statement.subjects()) {
      String hex = subject.digest().get("sha256");
      // The OMS root binds no names, so it says nothing alone.
      if (hex != null && !subject.name().equals("oms-root") && known.contains(hex)) {
        return;
      }
    }
    throw new CheckFailed("subject", identity.digest().toString(), "others");
  }

  static String json(Decision decision) {
    return new JsonWriter()
            .object()
            .name("schema")
            .string("vidimus.gate/1")
            .name("outcome")
            .string(decision.outcome())
            .name("environment")
            .string(decision.environment())
            .name("policy")
            .string(decision.policy())
            .name("decidedAt")
            .string(decision.time().toString())
            .name("validUntil")
            .string(decision.until() == null ? "" : decision.until().toString())
            .name("offline")
            .bool(true)
            .endObject()
        + "\n";
  }
}
