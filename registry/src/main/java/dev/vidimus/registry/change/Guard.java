package dev.vidimus.registry.change;

import dev.vidimus.evidence.CheckFailed;
import java.io.IOException;

/// What else must hold before a statement is logged: the policy's word about who may take a step.
@FunctionalInterface
public interface Guard {
  /// @throws CheckFailed if it may not be logged
  void require(Session session, Draft draft) throws IOException, CheckFailed;
}
