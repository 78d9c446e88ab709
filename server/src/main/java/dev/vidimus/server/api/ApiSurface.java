package dev.vidimus.server.api;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Surface;
import java.io.IOException;
import java.util.Locale;

/// The API: errors are problem details (RFC 9457).
public final class ApiSurface implements Surface {
  @Override
  public String name() {
    return "api";
  }

  @Override
  public void refuse(Exchange exchange, Problem problem) throws IOException {
    String type = problem.title().toLowerCase(Locale.ROOT).replace(' ', '-');
    JsonWriter json = new JsonWriter().object();
    json.name("type").string("https://vidimus.dev/problems/" + type);
    json.name("title").string(problem.title()).name("status").number(problem.status());
    json.name("detail").string(String.valueOf(problem.getMessage()));
    json.name("hint").string(problem.hint()).name("request").string(exchange.id()).endObject();
    if (problem.status() == 401) {
      exchange.header("WWW-Authenticate", "Bearer");
    }
    exchange.header("Cache-Control", "no-store");
    exchange.send(problem.status(), "application/problem+json", json.toString());
  }
}
