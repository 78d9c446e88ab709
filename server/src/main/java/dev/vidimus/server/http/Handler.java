package dev.vidimus.server.http;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.io.IOException;

/// Answers requests of one route. Thin: what may be done, and what follows, is the registry's to
/// say.
@FunctionalInterface
public interface Handler {
  /// Answers through the exchange; what it throws is answered in the form of the surface.
  void handle(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem;
}
