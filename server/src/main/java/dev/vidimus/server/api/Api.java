package dev.vidimus.server.api;

import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Surface;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import java.util.ArrayList;
import java.util.List;

/// Collects the routes of the API. Every write can be repeated without being done twice, with a
/// header `Idempotency-Key`.
final class Api {
  /// Where the API begins.
  static final String BASE = "/api/v1";

  private final Surface surface;
  private final Repeats repeats;
  private final List<Route> routes = new ArrayList<>();

  Api(Surface surface, Repeats repeats) {
    this.surface = surface;
    this.repeats = repeats;
  }

  void read(String path, Permission permission, Operation operation, Resource resource) {
    add(Verb.GET, path, permission, operation, resource);
  }

  void write(
      Verb verb, String path, Permission permission, Operation operation, Resource resource) {
    add(verb, path, permission, operation, exchange -> repeats.once(exchange, resource));
  }

  private void add(
      Verb verb, String path, Permission permission, Operation operation, Resource resource) {
    routes.add(
        Route.of(
            verb,
            BASE + path,
            permission,
            surface,
            operation,
            exchange -> {
              Reply reply = resource.answer(exchange);
              exchange.header("Cache-Control", "no-store");
              if (!reply.location().isEmpty()) {
                exchange.header("Location", reply.location());
              }
              exchange.send(reply.status(), "application/json; charset=utf-8", reply.body());
            }));
  }

  /// Adds a route that answers something else than JSON.
  void raw(Route route) {
    routes.add(route);
  }

  Surface surface() {
    return surface;
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }
}
