package dev.vidimus.server.pages.model;

import dev.vidimus.registry.question.Impact;
import java.util.List;

/// What runs, what waits, what is wrong now.
///
/// @param running how many workloads run something
/// @param waiting how many artifacts wait
/// @param wrong what runs and may not
/// @param queue the first of what waits
public record Overview(long running, long waiting, List<Wrong> wrong, List<Line> queue) {
  /// Something that runs and is revoked.
  ///
  /// @param running what and where
  /// @param reason of the revocation
  public record Wrong(Impact.Running running, String reason) {}
}
