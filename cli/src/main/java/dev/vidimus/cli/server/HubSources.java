package dev.vidimus.cli.server;

import dev.vidimus.registry.Registry;
import dev.vidimus.registry.hub.HubAddress;
import dev.vidimus.registry.hub.HubSource;
import dev.vidimus.registry.hub.Progress;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.job.Sources;

/// A server takes in models of hubs, and no file of its own machine: whoever may submit is not
/// whoever may read the disk.
///
/// @param endpoint of the hub that `hf://` means; empty for the public one
/// @param token for that hub only; empty if there is none
/// @param insecure whether hubs may be talked to without TLS
/// @param allowPrivate whether hubs may lead to addresses of the own network
record HubSources(String endpoint, String token, boolean insecure, boolean allowPrivate)
    implements Sources {
  @Override
  public Registry.Source open(String source, Progress progress) throws Problem {
    if (!HubAddress.isOne(source)) {
      throw Problem.badRequest(
          "a server takes in models of hubs, and what is published to it",
          "hf://org/name[@revision] or hub://HOST/org/name[@revision]");
    }
    try {
      HubAddress hub = HubAddress.of(source, endpoint, insecure);
      // Whoever types it on a command line may mean their own machine; a caller may not mean ours.
      if (hub.isOfThisMachine() && !hub.configured() && !allowPrivate) {
        throw Problem.badRequest(
            "a hub on the server itself is not asked", "HF_ENDPOINT names one that is");
      }
      return staging -> HubSource.fetch(hub, token, allowPrivate, progress, staging);
    } catch (Refusal e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()), e.hint());
    }
  }
}
