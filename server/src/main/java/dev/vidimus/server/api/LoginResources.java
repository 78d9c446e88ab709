package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.KeyLogin;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.util.Base64;

/// Coming in with a key of one's own: `vidimus login` asks for a challenge, signs it, and gets a
/// link that opens a session once.
final class LoginResources {
  private final KeyLogin logins;

  LoginResources(KeyLogin logins) {
    this.logins = logins;
  }

  void addTo(Api api) {
    api.read(
        "/login",
        Permission.PUBLIC,
        Operation.of(
            "A challenge for whoever signs in with a key of their own; it is answered once, within"
                + " five minutes.",
            "LoginChallenge"),
        this::challenge);
    // Not repeated by an Idempotency-Key: a challenge is answered once, and its ticket not kept.
    api.raw(
        Route.of(
            Verb.POST,
            Api.BASE + "/login",
            Permission.PUBLIC,
            api.surface(),
            Operation.of("Answers a challenge; the link opens a session once.", "LoginLink")
                .takes("LoginAnswer"),
            this::answer));
  }

  private Reply challenge(Exchange exchange) throws Problem {
    String challenge = logins.challenge(exchange.knownOrigin());
    JsonWriter json = new JsonWriter().object().name("challenge").string(challenge);
    json.name("payloadType").string(KeyLogin.TYPE);
    return Reply.ok(json.endObject());
  }

  private void answer(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "challenge", "key", "signature");
    byte[] signature;
    try {
      signature = Base64.getDecoder().decode(body.text("signature"));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("signature is no base64", "");
    }
    String origin = exchange.knownOrigin();
    String ticket;
    try {
      ticket = logins.answer(origin, body.text("challenge"), body.text("key"), signature);
    } catch (CheckFailed e) {
      throw Problem.forbidden(String.valueOf(e.getMessage()), "vidimus login asks for a new one");
    }
    exchange.header("Cache-Control", "no-store");
    JsonWriter json = new JsonWriter().object().name("link");
    json.string(origin + "/login?ticket=" + ticket).name("seconds");
    exchange.json(201, json.number(KeyLogin.TICKET.toSeconds()).endObject());
  }
}
