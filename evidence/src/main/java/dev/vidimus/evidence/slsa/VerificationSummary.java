package dev.vidimus.evidence.slsa;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.Members;
import java.util.ArrayList;
import java.util.List;

/// What a verifier decided about an artifact: [verification summary attestation
/// v1](https://slsa.dev/spec/v1.2/verification_summary). Unknown members are ignored.
///
/// @param verifierId who decided; to be believed only of a signer who may speak for it
/// @param resourceUri the place that the decision is for
/// @param policyUri which policy it followed; empty if none is said
/// @param timeVerified as the verifier writes it; empty if none is said
/// @param result `PASSED` or `FAILED`
/// @param levels that the artifact was found to have
public record VerificationSummary(
    String verifierId,
    String resourceUri,
    String policyUri,
    String timeVerified,
    String result,
    List<String> levels) {
  /// The predicate type.
  public static final String V1 = "https://slsa.dev/verification_summary/v1";

  /// What the types of all its versions begin with.
  public static final String FAMILY = "https://slsa.dev/verification_summary/";

  /// The result of an artifact that may pass.
  static final String PASSED = "PASSED";

  private static final int MOST_LEVELS = 1_000;

  public VerificationSummary {
    levels = List.copyOf(levels);
  }

  /// Reads a predicate.
  ///
  /// @throws FormatException if something that SLSA requires is missing or of another kind
  public static VerificationSummary read(JsonObject predicate) throws FormatException {
    Members members = new Members(predicate, "predicate");
    String policy = members.has("policy") ? members.object("policy").stringOrNull("uri") : "";
    String time = members.stringOrNull("timeVerified");
    return new VerificationSummary(
        members.object("verifier").string("id"),
        members.string("resourceUri"),
        policy == null ? "" : policy,
        time == null ? "" : time,
        members.string("verificationResult"),
        levels(members));
  }

  private static List<String> levels(Members members) throws FormatException {
    if (!members.has("verifiedLevels")) {
      return List.of();
    }
    List<JsonValue> elements = members.array("verifiedLevels");
    if (elements.size() > MOST_LEVELS) {
      throw new FormatException.LimitExceeded(
          "predicate.verifiedLevels", 0, elements.size() + " levels, over " + MOST_LEVELS);
    }
    List<String> levels = new ArrayList<>();
    for (JsonValue element : elements) {
      if (!(element instanceof JsonString(String level))) {
        throw members.malformed("verifiedLevels", "has an element that is no string");
      }
      levels.add(level);
    }
    return levels;
  }
}
