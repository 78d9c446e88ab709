package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Verdict;
import dev.vidimus.cli.host.Host;

/// Colours, on a terminal and unless `NO_COLOR` is set (<https://no-color.org>).
final class Style {
  private static final String RESET = "\u001b[0m";

  private final boolean isColoured;

  Style(Host host) {
    this.isColoured =
        host.outputIsTerminal()
            && host.variable("NO_COLOR").isEmpty()
            && !host.variable("TERM").equals("dumb");
  }

  /// The verdict's word; capitals where something is wrong, so that it shows without colours too.
  String verdict(Verdict verdict) {
    return switch (verdict) {
      case CLEAN -> coloured("32", "clean");
      case INCOMPLETE -> coloured("1;36", "INCOMPLETE");
      case INVALID -> coloured("1;35", "INVALID");
      case SUSPICIOUS -> coloured("1;33", "SUSPICIOUS");
      case MALICIOUS -> coloured("1;31", "MALICIOUS");
    };
  }

  /// What matters less.
  String faint(String text) {
    return coloured("2", text);
  }

  /// What matters most.
  String strong(String text) {
    return coloured("1", text);
  }

  private String coloured(String code, String text) {
    return isColoured ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
