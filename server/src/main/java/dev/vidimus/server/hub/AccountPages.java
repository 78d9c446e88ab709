package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.shelf.Revisions;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.identity.Caller;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is about no one repository: who asks, and which repositories there are.
final class AccountPages {
  private static final int LISTED = 100;

  private final Registry registry;
  private final Gatekeeper gatekeeper;

  AccountPages(Registry registry, Gatekeeper gatekeeper) {
    this.registry = registry;
    this.gatekeeper = gatekeeper;
  }

  /// Who asks.
  void whoAmI(Exchange exchange) throws IOException, Problem {
    Caller caller = exchange.caller();
    if (!caller.isKnown()) {
      throw Problem.unauthorized("this needs a token");
    }
    @Nullable Token token = caller.token();
    JsonWriter json = new JsonWriter().object().name("type").string("user");
    json.name("id").string(caller.id()).name("name").string(caller.id());
    json.name("fullname").string(caller.id()).name("isPro").bool(false);
    json.name("orgs").array().endArray().name("auth").object();
    json.name("type").string("access_token").name("accessToken").object();
    json.name("displayName").string(token == null ? "" : token.label()).name("role");
    json.string(caller.roles().contains(Role.SUBMITTER) ? "write" : "read");
    json.endObject().endObject().endObject();
    exchange.header("Cache-Control", "no-store");
    exchange.json(200, json);
  }

  /// The repositories that the caller may have.
  void list(Exchange exchange, RepositoryName.Type type)
      throws IOException, FormatException, CheckFailed, Problem {
    String words = exchange.query().text("search");
    String environment = exchange.caller().environment();
    List<String> names = registry.ask(sql -> new Revisions(sql).names(environment, words, LISTED));
    JsonWriter json = new JsonWriter().array();
    for (String name : names) {
      boolean isDataset = name.startsWith(RepositoryName.Type.DATASET.prefix());
      if (isDataset != (type == RepositoryName.Type.DATASET)) {
        continue;
      }
      try {
        RepositoryName repository = RepositoryName.of(type, name.substring(type.prefix().length()));
        if (gatekeeper.decide(exchange.caller(), repository, "main") instanceof Outcome.Open open) {
          json.object();
          RepositoryPages.members(json, repository, open);
          json.endObject();
        }
      } catch (HubRefusal e) {
        // Not for this caller, or not at this moment.
      }
    }
    RepositoryPages.json(exchange, json.endArray());
  }
}
