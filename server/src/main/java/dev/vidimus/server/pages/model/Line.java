package dev.vidimus.server.pages.model;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.server.http.PercentCode;

/// An artifact in a list.
///
/// @param artifact what
/// @param submitter who brought it, by name
/// @param outcome of the last decision by its word; empty if there is none
/// @param reason why it waits, in a sentence; empty if it does not
public record Line(Artifact artifact, String submitter, String outcome, String reason) {
  /// The artifact's page.
  public String href() {
    return "/artifacts/" + PercentCode.encode(artifact.snapshot());
  }
}
