package dev.vidimus.server;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Measured;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Surface;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How the server is: `/healthz` (it answers), `/readyz` (so do ledger and database), `/metrics`.
final class Health {
  private static final byte[] OK = "ok\n".getBytes(StandardCharsets.UTF_8);
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Registry registry;
  private final Measured measured;

  Health(Registry registry, Measured measured) {
    this.registry = registry;
    this.measured = measured;
  }

  List<Route> routes(Surface surface) {
    return List.of(
        Route.of(
            Verb.GET,
            "/healthz",
            Permission.PUBLIC,
            surface,
            Operation.of("Whether the server answers.", ""),
            exchange -> exchange.send(200, TEXT, OK)),
        Route.of(
            Verb.GET,
            "/readyz",
            Permission.PUBLIC,
            surface,
            Operation.of("Whether ledger and database answer, too.", ""),
            this::ready),
        Route.of(
            Verb.GET,
            "/metrics",
            Permission.READ,
            surface,
            Operation.of("What the server did, as Prometheus reads it.", ""),
            exchange -> exchange.send(200, Measured.TYPE, measured.text())));
  }

  private void ready(Exchange exchange) throws IOException {
    try {
      registry.ask(sql -> sql.number("SELECT count(*) FROM policy"));
      exchange.send(200, TEXT, OK);
    } catch (IOException | FormatException | CheckFailed e) {
      exchange.note(String.valueOf(e.getMessage()));
      exchange.send(503, TEXT, "ledger or database does not answer\n");
    }
  }
}
