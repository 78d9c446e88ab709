package dev.vidimus.cli.registry;

import dev.vidimus.cli.host.Host;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.intake.LocalSource;

/// What SOURCE means.
final class Sources {
  private Sources() {}

  static Registry.Source of(Host host, String source) {
    return staging -> LocalSource.fetch(host.folder().resolve(source), source, staging);
  }
}
