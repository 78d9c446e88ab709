package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What policy says of an artifact in an environment: a SLSA verification summary, with what
/// Vidimus adds under a key of its own.
///
/// @param verifier URI of this gate
/// @param time when it was decided
/// @param resource URI of the artifact by its name: `vidimus://name@version`
/// @param policy digest of the policy bundle
/// @param inputs digests of the envelopes that it rests on
/// @param outcome `passed`, `awaiting-approval`, `failed` or `unknown`; only the first is PASSED
/// @param stage `intake`, `promote`, `deploy` or `runtime`
/// @param environment where it may run
/// @param tier of the environment
/// @param evidence digest over the evidence, to which approvals are bound
/// @param facts digest of the facts that were judged, a blob beside the envelopes
/// @param until when the evidence is too old, by this policy; null if never
/// @param rules the result of each rule, by the policy's own form
/// @see <a href="https://slsa.dev/spec/v1.2/verification_summary">SLSA, verification summary</a>
public record Decision(
    String verifier,
    Instant time,
    String resource,
    String policy,
    List<String> inputs,
    String outcome,
    String stage,
    String environment,
    String tier,
    String evidence,
    String facts,
    @Nullable Instant until,
    JsonValue rules) {
  /// The word of [#outcome] that means yes.
  public static final String PASSED = "passed";

  private static final String OURS = "https://vidimus.dev/decision/v1";
  private static final String SHA256 = "sha256:";

  public Decision {
    inputs = List.copyOf(inputs);
  }

  /// Whether the answer is yes.
  public boolean passed() {
    return outcome.equals(PASSED);
  }

  /// The predicate.
  public JsonObject json() {
    List<JsonValue> attestations = new ArrayList<>();
    for (String input : inputs) {
      attestations.add(
          new JsonMembers().put("uri", "vidimus://" + input).put("digest", digest(input)).object());
    }
    JsonMembers predicate = new JsonMembers();
    predicate.put("verifier", new JsonMembers().put("id", verifier).object());
    predicate.put("timeVerified", time.toString()).put("resourceUri", resource);
    predicate.put(
        "policy",
        new JsonMembers().put("uri", "vidimus://" + policy).put("digest", digest(policy)).object());
    predicate.put("inputAttestations", new JsonArray(attestations));
    predicate.put("verificationResult", passed() ? "PASSED" : "FAILED");
    predicate.put(
        "verifiedLevels",
        passed() ? List.of("VIDIMUS_TIER_" + tier.toUpperCase(Locale.ROOT)) : List.<String>of());
    predicate.put("slsaVersion", "1.2");
    predicate.put(
        OURS,
        new JsonMembers()
            .put("outcome", outcome)
            .put("stage", stage)
            .put("environment", environment)
            .put("tier", tier)
            .put("evidence", evidence)
            .put("facts", facts)
            .put("validUntil", until == null ? null : until.toString())
            .put("rules", rules)
            .object());
    return predicate.object();
  }

  private static JsonObject digest(String digest) {
    return new JsonMembers().put("sha256", digest.substring(SHA256.length())).object();
  }

  /// Reads the predicate.
  public static Decision read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.DECISION);
    PredicateReader ours = reader.object(OURS);
    List<String> inputs = new ArrayList<>();
    for (PredicateReader input : reader.objects("inputAttestations")) {
      inputs.add(SHA256 + input.object("digest").text("sha256"));
    }
    String outcome = ours.text("outcome");
    if (reader.text("verificationResult").equals("PASSED") != outcome.equals(PASSED)) {
      throw reader.malformed("verificationResult", "contradicts the outcome " + outcome);
    }
    JsonValue rules = ours.value("rules");
    return new Decision(
        reader.object("verifier").text("id"),
        reader.time("timeVerified"),
        reader.text("resourceUri"),
        SHA256 + reader.object("policy").object("digest").text("sha256"),
        inputs,
        outcome,
        ours.text("stage"),
        ours.text("environment"),
        ours.text("tier"),
        ours.text("evidence"),
        ours.text("facts"),
        ours.timeOrNull("validUntil"),
        rules == null ? new JsonArray(List.of()) : rules);
  }
}
