package dev.vidimus.server.hub;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Surface;
import java.io.IOException;

/// The hub protocol: an error is a code and a line in headers, where clients look first, and the
/// same in JSON.
public final class HubSurface implements Surface {
  private static final int LONGEST = 300;

  /// The words with which clients keep the status, and do not take the repository for missing.
  private static final String NOT_KNOWN = "Invalid credentials in Authorization header";

  private final String forbidden;

  /// @param forbidden code of a caller who may not do it; empty for none
  private HubSurface(String forbidden) {
    this.forbidden = forbidden;
  }

  /// Of whoever pulls: a client shows a code's text, and hides that of a plain 403.
  static HubSurface reading() {
    return new HubSurface("GatedRepo");
  }

  /// Of whoever publishes.
  public static HubSurface publishing() {
    return new HubSurface("");
  }

  @Override
  public String name() {
    return "hub";
  }

  @Override
  public void refuse(Exchange exchange, Problem problem) throws IOException {
    exchange.header("Cache-Control", "no-store");
    if (problem instanceof HubRefusal refusal) {
      refuse(exchange, refusal.shape());
      return;
    }
    int status = problem.status();
    String line =
        HubRefusal.ascii(
            "Vidimus: "
                + problem.getMessage()
                + (problem.hint().isEmpty() ? "" : ". " + problem.hint()),
            LONGEST);
    if (status == 401) {
      exchange.header("WWW-Authenticate", "Bearer");
      exchange.header("X-Error-Message", NOT_KNOWN);
      exchange.header("X-HF-Warning", "vidimus; " + line);
      line = NOT_KNOWN;
    } else {
      exchange.header("X-Error-Message", line);
      exchange.header("X-HF-Warning", "vidimus; " + line);
    }
    if (status == 403 && !forbidden.isEmpty()) {
      exchange.header("X-Error-Code", forbidden);
    }
    JsonWriter json = new JsonWriter().object().name("error").string(line).name("vidimus");
    json.object().name("reasons").array().string(String.valueOf(problem.getMessage())).endArray();
    json.name("next").string(problem.hint()).name("request").string(exchange.id()).endObject();
    exchange.json(status, json.endObject());
  }

  private static void refuse(Exchange exchange, HubRefusal.Shape shape) throws IOException {
    String origin;
    try {
      origin = exchange.origin();
    } catch (Problem e) {
      origin = ""; // a Host that is no host gets no links
    }
    String line = shape.line(origin);
    if (!shape.code().isEmpty()) {
      exchange.header("X-Error-Code", shape.code());
    }
    if (!shape.commit().isEmpty()) {
      exchange.header("X-Repo-Commit", shape.commit());
    }
    exchange.header("X-Error-Message", line).header("X-HF-Warning", "vidimus; " + line);
    JsonWriter json = new JsonWriter().object().name("error").string(line).name("vidimus");
    json.object().name("about").string(shape.about()).name("state").string(shape.state());
    json.name("reasons").array();
    shape.reasons().forEach(json::string);
    json.endArray().name("next").string(shape.next()).name("decision").string(shape.decision());
    json.name("url").string(shape.see().isEmpty() ? "" : origin + shape.see());
    json.name("request").string(exchange.id()).endObject();
    exchange.json(shape.status(), json.endObject());
  }
}
