package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.access.Tokens;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.KnownCallers;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// Tokens of machines. Nobody gives away more than they have.
final class TokenResources {
  private static final long LONGEST_DAYS = 366;

  private final Registry registry;
  private final KnownCallers callers;
  private final InstantSource clock;

  TokenResources(Registry registry, KnownCallers callers, InstantSource clock) {
    this.registry = registry;
    this.callers = callers;
    this.clock = clock;
  }

  void addTo(Api api) {
    api.read(
        "/tokens",
        Permission.ADMIN,
        Operation.of("All tokens, without what opens them.", "Tokens"),
        this::list);
    api.write(
        Verb.POST,
        "/tokens",
        Permission.ADMIN,
        Operation.of("Makes a token; it is shown this one time.", "NewTokenAnswer")
            .takes("NewToken"),
        this::add);
    api.write(
        Verb.DELETE,
        "/tokens/{id}",
        Permission.ADMIN,
        Operation.of("Ends a token.", "Removed"),
        this::end);
  }

  private Reply list(Exchange exchange) throws IOException, FormatException, CheckFailed {
    List<Token> tokens = registry.ask(sql -> new Tokens(sql).all());
    JsonWriter json = new JsonWriter().object().name("tokens").array();
    for (Token token : tokens) {
      json.object();
      members(json, token);
      json.endObject();
    }
    return Reply.ok(json.endArray().endObject());
  }

  private static void members(JsonWriter json, Token token) {
    json.name("id").string(token.id()).name("person").string(token.person());
    json.name("label").string(token.label()).name("roles").array();
    token.roles().forEach(role -> json.string(role.word()));
    json.endArray().name("environment").string(token.environment()).name("repositories").array();
    token.repositories().forEach(json::string);
    json.endArray().name("created").string(token.created().toString());
    json.name("expires").string(token.expires().toString()).name("ended").bool(token.ended());
  }

  private Reply add(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Body body =
        Body.of(exchange, "person", "label", "roles", "environment", "repositories", "days");
    String person = body.textOrNull("person");
    List<Role> roles = PeopleResources.roles(body.texts("roles"));
    String environment = body.textOrNull("environment");
    List<String> repositories = body.texts("repositories");
    Token token =
        Token.fresh(
            person == null ? exchange.caller().id() : person,
            body.text("label"),
            roles,
            environment == null ? "" : environment,
            repositories,
            clock.instant(),
            body.number("days", 90, 1, LONGEST_DAYS));
    String credential = registry.issue(token);
    JsonWriter json = new JsonWriter().object().name("token").string(credential);
    members(json, token);
    return Reply.created(Api.BASE + "/tokens/" + token.id(), json.endObject());
  }

  private Reply end(Exchange exchange) throws IOException, Problem {
    String id = exchange.segment("id");
    if (!registry.keep(sql -> new Tokens(sql).end(id, clock.instant()))) {
      throw Problem.notFound("no token " + id + " that holds", "GET /api/v1/tokens lists them");
    }
    callers.forget();
    return Reply.ok(new JsonWriter().object().name("removed").string(id).endObject());
  }
}
