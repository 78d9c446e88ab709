package dev.vidimus.registry.hub;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/// What came back after all redirects.
///
/// @param host that answered
/// @param commit that the hub says it answers from; empty if it does not say
/// @param body bounded by nobody yet
record Answer(String host, int status, HttpHeaders headers, String commit, InputStream body)
    implements Closeable {
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// How many bytes the sender says that it sends; -1 if it does not say, or no number.
  long length() {
    try {
      return Math.max(-1, Long.parseLong(header("Content-Length")));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// Whether asking again later is worth it.
  boolean isTemporary() {
    return switch (status) {
      case 408, 425, 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
