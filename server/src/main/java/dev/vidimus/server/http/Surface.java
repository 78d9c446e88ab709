package dev.vidimus.server.http;

import java.io.IOException;

/// A way to talk to the server, with its own form of errors.
public interface Surface {
  /// As metrics and the access log name it.
  String name();

  /// Answers with an error.
  void refuse(Exchange exchange, Problem problem) throws IOException;
}
