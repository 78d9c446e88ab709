package dev.vidimus.server.http;

import org.jspecify.annotations.Nullable;

/// The methods of HTTP that are understood.
public enum Verb {
  GET,
  HEAD,
  POST,
  PUT,
  DELETE;

  /// Whether it changes nothing.
  public boolean isSafe() {
    return this == GET || this == HEAD;
  }

  static @Nullable Verb of(String word) {
    return switch (word) {
      case "GET" -> GET;
      case "HEAD" -> HEAD;
      case "POST" -> POST;
      case "PUT" -> PUT;
      case "DELETE" -> DELETE;
      default -> null;
    };
  }
}
