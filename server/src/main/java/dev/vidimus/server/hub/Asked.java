package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.shelf.Pull;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.identity.Caller;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a request about a repository means: the snapshot that its caller may have, or a refusal
/// that is written down.
final class Asked {
  private final Gatekeeper gatekeeper;
  private final FirstTouch firstTouch;
  private final PullLog pulls;

  Asked(Gatekeeper gatekeeper, FirstTouch firstTouch, PullLog pulls) {
    this.gatekeeper = gatekeeper;
    this.firstTouch = firstTouch;
    this.pulls = pulls;
  }

  /// The snapshot of the path's revision.
  ///
  /// @param path of the file that is wanted; empty if it is about the repository
  Outcome.Open open(Exchange exchange, RepositoryName repository, String path)
      throws IOException, FormatException, CheckFailed, Problem {
    return open(exchange, repository, exchange.segment("revision"), path);
  }

  /// The snapshot of a revision; a warning about it goes into the answer's headers.
  Outcome.Open open(Exchange exchange, RepositoryName repository, String revision, String path)
      throws IOException, FormatException, CheckFailed, Problem {
    try {
      Outcome outcome = gatekeeper.decide(exchange.caller(), repository, revision);
      return switch (outcome) {
        case Outcome.Open open -> {
          if (!open.warning().isEmpty()) {
            String topic = "vidimus-" + repository.registryName();
            exchange.header("X-HF-Warning", HubRefusal.ascii(topic + "; " + open.warning(), 600));
          }
          yield open;
        }
        case Outcome.Absent absent -> throw firstTouch.refusal(exchange.caller(), absent);
        case Outcome.Closed(HubRefusal.Shape shape) -> throw new HubRefusal(shape);
      };
    } catch (HubRefusal e) {
      HubRefusal.Shape shape = e.shape();
      String reason =
          shape.state() + (shape.reasons().isEmpty() ? "" : ": " + shape.reasons().getFirst());
      pulls.add(
          pull(
              exchange,
              repository.registryName(),
              revision,
              path,
              shape.snapshot(),
              shape.status(),
              reason,
              0));
      throw e;
    }
  }

  /// A row about this request.
  Pull pull(
      Exchange exchange,
      RepositoryName repository,
      String path,
      String snapshot,
      int status,
      String reason,
      long bytes) {
    return pull(
        exchange,
        repository.registryName(),
        exchange.segment("revision"),
        path,
        snapshot,
        status,
        reason,
        bytes);
  }

  private static Pull pull(
      Exchange exchange,
      String name,
      String revision,
      String path,
      String snapshot,
      int status,
      String reason,
      long bytes) {
    Caller caller = exchange.caller();
    @Nullable Token token = caller.token();
    String agent = exchange.header("User-Agent");
    return new Pull(
        Instant.EPOCH,
        token == null ? "" : token.id(),
        caller.id(),
        name,
        caller.environment(),
        snapshot,
        revision,
        path,
        status,
        reason,
        bytes,
        agent == null ? "" : agent);
  }
}
