package dev.vidimus.server.job;

import dev.vidimus.registry.Registry;
import dev.vidimus.registry.hub.Progress;
import dev.vidimus.server.http.Problem;

/// What a server takes in, by the address that a caller gives.
@FunctionalInterface
public interface Sources {
  /// @param source such as `hf://org/name@revision`
  /// @param progress is told what arrived
  /// @throws Problem if it is none that this server takes
  Registry.Source open(String source, Progress progress) throws Problem;
}
