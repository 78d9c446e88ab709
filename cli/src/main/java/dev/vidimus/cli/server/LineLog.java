package dev.vidimus.cli.server;

import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.util.function.Consumer;

/// Writes lines to standard output, from many threads. Once nobody reads them any more it stops:
/// that is no reason to refuse requests.
final class LineLog implements Consumer<String> {
  private final Host host;
  private boolean broken;

  LineLog(Host host) {
    this.host = host;
  }

  @Override
  public synchronized void accept(String line) {
    if (broken) {
      return;
    }
    try {
      host.print(line + "\n");
    } catch (IOException e) {
      broken = true;
      host.tell("vidimus: the access log cannot be written: " + e.getMessage() + "\n");
    }
  }
}
