package dev.vidimus.server.pages.model;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.server.http.PercentCode;

/// What somebody is about to sign.
///
/// @param artifact what it is about
/// @param verb `approve` or `reject`
/// @param environment where it may run, or not
/// @param policy digest of the policy that was seen
/// @param evidence digest of the evidence that was seen
/// @param statement the whole statement as it will be signed, but for the reason
/// @param needsSecret whether the signer's key is sealed
public record Signing(
    Artifact artifact,
    String verb,
    String environment,
    String policy,
    String evidence,
    String statement,
    boolean needsSecret) {
  /// Where the form goes.
  public String href() {
    return "/artifacts/" + PercentCode.encode(artifact.snapshot()) + "/" + verb;
  }
}
