package dev.vidimus.cli.host;

import java.nio.file.Path;

/// Where this user's ledger, keys and database lie.
public final class HomeFolder {
  private HomeFolder() {}

  /// `VIDIMUS_HOME`, else the platform's folder for user data: `XDG_DATA_HOME/vidimus`, or
  /// `~/.local/share/vidimus`. It need not exist.
  public static Path of(Host host) {
    String home = host.variable("VIDIMUS_HOME");
    if (!home.isEmpty()) {
      return host.folder().resolve(home);
    }
    String data = host.variable("XDG_DATA_HOME");
    return data.isEmpty()
        ? host.folder().resolve(host.variable("HOME")).resolve(".local/share/vidimus")
        : Path.of(data).resolve("vidimus");
  }
}
