package dev.vidimus.cli.registry;

import dev.vidimus.artifact.Printable;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.host.Host;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.archive.ArchiveSource;
import dev.vidimus.registry.hub.HubAddress;
import dev.vidimus.registry.hub.HubSource;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.layout.LayoutSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// What SOURCE means.
final class Sources {
  private static final Option UNPACK =
      Option.toggle("--unpack", "", "SOURCE is a ZIP or tar archive; the tree in it is admitted.");
  private static final Option ALLOW_PRIVATE =
      Option.toggle("--allow-private", "", "The hub may lead to addresses of the own network.");
  private static final Option ALLOW_INSECURE =
      Option.toggle("--allow-insecure", "", "The hub may be talked to without TLS.");

  /// What a command with a SOURCE understands.
  static final List<Option> OPTIONS = List.of(UNPACK, ALLOW_PRIVATE, ALLOW_INSECURE);

  private static final int PRINTED = 200;

  private Sources() {}

  /// Whether it is a source, and not a reference to what is here already.
  static boolean isOne(Host host, String source) {
    try {
      return HubAddress.isOne(source)
          || LayoutSource.isOne(source)
          || Files.exists(host.folder().resolve(source));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  static Registry.Source of(Host host, Arguments arguments, String source) {
    boolean unpack = arguments.has(UNPACK);
    if (unpack && (HubAddress.isOne(source) || LayoutSource.isOne(source))) {
      return staging -> {
        throw new Refusal(source + ": is no archive", "--unpack takes files of this machine");
      };
    }
    if (HubAddress.isOne(source)) {
      boolean insecure = arguments.has(ALLOW_INSECURE);
      boolean allowPrivate = arguments.has(ALLOW_PRIVATE);
      return staging -> {
        HubAddress address = HubAddress.of(source, host.variable("HF_ENDPOINT"), insecure);
        try (Arriving arriving = new Arriving(host)) {
          String token = host.variable("HF_TOKEN").strip();
          return HubSource.fetch(address, token, allowPrivate, arriving, staging);
        }
      };
    }
    if (LayoutSource.isOne(source)) {
      return staging -> {
        path(host, source);
        return LayoutSource.fetch(host.folder(), source, staging);
      };
    }
    return unpack
        ? staging -> ArchiveSource.fetch(path(host, source), source, staging)
        : staging -> LocalSource.fetch(path(host, source), source, staging);
  }

  private static Path path(Host host, String source) throws Refusal {
    try {
      return host.folder().resolve(source);
    } catch (InvalidPathException e) {
      throw new Refusal(Printable.of(source, PRINTED) + ": is no path", "");
    }
  }
}
