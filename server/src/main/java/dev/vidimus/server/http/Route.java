package dev.vidimus.server.http;

import dev.vidimus.server.identity.Permission;

/// One thing that can be asked.
///
/// @param verb of HTTP
/// @param pattern shape of the path
/// @param permission what the caller needs
/// @param surface in whose form errors are answered
/// @param operation what the documentation says
/// @param handler answers
public record Route(
    Verb verb,
    PathPattern pattern,
    Permission permission,
    Surface surface,
    Operation operation,
    Handler handler) {
  /// A route by the text of its pattern.
  public static Route of(
      Verb verb,
      String pattern,
      Permission permission,
      Surface surface,
      Operation operation,
      Handler handler) {
    return new Route(verb, PathPattern.of(pattern), permission, surface, operation, handler);
  }
}
