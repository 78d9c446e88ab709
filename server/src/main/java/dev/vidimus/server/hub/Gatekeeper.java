package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.server.identity.Caller;
import dev.vidimus.server.moment.Moments;
import java.io.IOException;
import java.time.InstantSource;

/// Asks the gate at every request, as of this moment of the ledger.
final class Gatekeeper {
  private final Moments<Question, Outcome> answers;

  Gatekeeper(Registry registry, InstantSource clock) {
    Decisions decisions = new Decisions(registry);
    this.answers =
        new Moments<>(
            registry,
            clock,
            (question, now) ->
                decisions.of(
                    question.repository(), question.revision(), question.environment(), now));
  }

  private record Question(String environment, RepositoryName repository, String revision) {}

  /// What a caller gets.
  ///
  /// @throws HubRefusal if it may not be had
  Outcome decide(Caller caller, RepositoryName repository, String revision)
      throws IOException, FormatException, CheckFailed, HubRefusal {
    if (caller.token() == null || !caller.token().covers(repository.registryName())) {
      throw Decisions.notCovered(repository, revision);
    }
    Outcome outcome = answers.answer(new Question(caller.environment(), repository, revision));
    if (outcome instanceof Outcome.Closed(HubRefusal.Shape shape)) {
      throw new HubRefusal(shape);
    }
    return outcome;
  }
}
