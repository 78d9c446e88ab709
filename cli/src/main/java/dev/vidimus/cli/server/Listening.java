package dev.vidimus.cli.server;

import dev.vidimus.cli.args.UsageException;

/// Where a server listens.
///
/// @param host a name or an address
/// @param port 0 for any that is free
record Listening(String host, int port) {
  private static final int LAST_PORT = 65_535;

  /// @param text `HOST:PORT`; `[::1]:PORT` for IPv6
  static Listening parse(String text) throws UsageException {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && port >= 0 && port <= LAST_PORT) {
        return new Listening(text.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("--listen " + text + ": is not HOST:PORT", "such as 127.0.0.1:8420");
  }

  /// Whether only this machine can reach it.
  boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }
}
