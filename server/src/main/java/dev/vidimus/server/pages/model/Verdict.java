package dev.vidimus.server.pages.model;

import dev.vidimus.registry.decide.Decided;
import dev.vidimus.server.http.PercentCode;
import java.util.List;

/// What the policy says of an artifact now.
///
/// @param decided the decision
/// @param open whether it may run there at this instant
/// @param environments that can be asked about
public record Verdict(Decided decided, boolean open, List<String> environments) {
  /// The artifact's page, or one below it.
  public String href(String below) {
    return "/artifacts/" + PercentCode.encode(decided.artifact().snapshot()) + below;
  }
}
