package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.People;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Persons;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.KnownCallers;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.identity.Signers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// People and services, and who the caller is.
final class PeopleResources {
  private final Registry registry;
  private final Signers signers;
  private final KnownCallers callers;

  PeopleResources(Registry registry, Signers signers, KnownCallers callers) {
    this.registry = registry;
    this.signers = signers;
    this.callers = callers;
  }

  void addTo(Api api) {
    api.read(
        "/me",
        Permission.READ,
        Operation.of("Who the caller is, and what they may do.", "Me"),
        this::me);
    api.read(
        "/people",
        Permission.READ,
        Operation.of("Everybody who is or was known.", "People"),
        this::list);
    api.write(
        Verb.POST,
        "/people",
        Permission.ADMIN,
        Operation.of(
                "Makes somebody known: by their public key, as a service, or by an invitation that"
                    + " opens /join once.",
                "NewPersonAnswer")
            .takes("NewPerson"),
        this::add);
    api.write(
        Verb.DELETE,
        "/people/{id}",
        Permission.ADMIN,
        Operation.of("Lets somebody do nothing any more; what they did stands.", "Removed"),
        this::remove);
  }

  private Reply me(Exchange exchange) throws IOException {
    JsonWriter json = new JsonWriter().object().name("id").string(exchange.caller().id());
    json.name("name").string(new People(registry.home().names()).name(exchange.caller().id()));
    json.name("service").bool(exchange.caller().service()).name("roles").array();
    exchange.caller().roles().stream().sorted().forEach(role -> json.string(role.word()));
    json.endArray().name("environment").string(exchange.caller().environment());
    return Reply.ok(json.endObject());
  }

  private Reply list(Exchange exchange) throws IOException, FormatException, CheckFailed {
    Map<String, String> names = new People(registry.home().names()).names();
    List<Persons.Person> persons = registry.ask(sql -> new Persons(sql).all());
    JsonWriter json = new JsonWriter().object().name("people").array();
    for (Persons.Person person : persons) {
      json.object().name("id").string(person.id());
      json.name("name").string(names.getOrDefault(person.id(), person.id()));
      json.name("roles").array();
      person.roles().stream().filter(role -> !role.isEmpty()).forEach(json::string);
      json.endArray().name("service").bool(person.service());
      json.name("removed").bool(person.removed()).endObject();
    }
    return Reply.ok(json.endArray().endObject());
  }

  private Reply add(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "name", "roles", "service", "key");
    List<Role> roles = roles(body.texts("roles"));
    String name = body.text("name");
    String key = body.textOrNull("key");
    boolean service = body.flag("service");
    Actor admin = signers.actor(exchange.caller(), exchange.secret());
    JsonWriter json = new JsonWriter().object().name("name").string(name);
    String invitation = "";
    if (key == null && !service) {
      invitation = registry.invite(admin, name, roles);
    } else {
      VerifyingKey verifying = key == null ? null : VerifyingKey.ofPem(key, "key");
      json.name("id").string(registry.enrol(admin, name, roles, service, verifying, null));
    }
    if (!invitation.isEmpty()) {
      json.name("id").string(String.valueOf(new People(registry.home().names()).id(name)));
    }
    json.name("invitation").string(invitation);
    json.name("link").string(invitation.isEmpty() ? "" : exchange.origin() + "/join#" + invitation);
    return Reply.created(Api.BASE + "/people", json.endObject());
  }

  static List<Role> roles(List<String> words) throws Problem {
    List<Role> roles = new ArrayList<>();
    for (String word : words) {
      Role role = Role.ofWord(word);
      if (role == null) {
        throw Problem.badRequest(
            "no role: " + word,
            "one of " + List.of(Role.values()).stream().map(Role::word).toList());
      }
      roles.add(role);
    }
    return roles;
  }

  private Reply remove(Exchange exchange) throws IOException, FormatException, CheckFailed {
    String id = exchange.segment("id");
    registry.dismiss(signers.actor(exchange.caller(), exchange.secret()), id);
    callers.forget();
    return Reply.ok(new JsonWriter().object().name("removed").string(id).endObject());
  }
}
