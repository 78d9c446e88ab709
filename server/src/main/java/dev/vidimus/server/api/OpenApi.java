package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The description of the API by [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1), made from the
/// routes that there are, so that it cannot lag behind them.
final class OpenApi {
  private static final String RESOURCE = "/dev/vidimus/server/schemas.json";

  private OpenApi() {}

  static String of(List<Route> routes, String version) {
    JsonWriter json = new JsonWriter().object().name("openapi").string("3.1.1");
    json.name("info").object().name("title").string("Vidimus");
    json.name("version").string(version).name("description");
    json.string("What an AI model is, before and while it runs: evidence, decisions, enforcement.");
    json.endObject().name("security").array();
    json.object().name("bearer").array().endArray().endObject();
    json.endArray().name("paths").object();
    Map<String, List<Route>> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      String path = route.pattern().toString().replace("+}", "}");
      paths.computeIfAbsent(path, key -> new ArrayList<>()).add(route);
    }
    paths.forEach(
        (path, all) -> {
          json.name(path).object();
          all.forEach(route -> operation(json, route));
          json.endObject();
        });
    json.endObject().name("components").object().name("securitySchemes").object();
    json.name("bearer").object().name("type").string("http").name("scheme").string("bearer");
    json.name("description").string("A token of a machine, or the secret of a person.");
    json.endObject().endObject().name("schemas").value(schemas());
    return json.endObject().endObject() + "\n";
  }

  private static void operation(JsonWriter json, Route route) {
    Operation operation = route.operation();
    json.name(route.verb().name().toLowerCase(Locale.ROOT)).object();
    json.name("summary").string(operation.summary());
    json.name("description").string(needs(route.permission()));
    json.name("parameters").array();
    for (String name : route.pattern().names()) {
      json.object().name("name").string(name).name("in").string("path");
      json.name("required").bool(true).name("schema").object().name("type").string("string");
      json.endObject().endObject();
    }
    for (Operation.Query query : operation.query()) {
      json.object().name("name").string(query.name()).name("in").string("query");
      json.name("description").string(query.description());
      json.name("required").bool(query.required());
      json.name("schema").object().name("type").string("string").endObject().endObject();
    }
    json.endArray();
    if (!operation.request().isEmpty()) {
      json.name("requestBody").object().name("required").bool(true).name("content");
      content(json, "application/json", operation.request());
      json.endObject();
    }
    json.name("responses").object().name("2XX").object();
    json.name("description").string(operation.answer().isEmpty() ? "As said." : "Done.");
    if (!operation.answer().isEmpty()) {
      json.name("content");
      content(json, "application/json", operation.answer());
    }
    json.endObject().name("default").object().name("description").string("Why it was not done.");
    json.name("content");
    content(json, "application/problem+json", "Problem");
    json.endObject().endObject();
    if (route.permission() == Permission.PUBLIC) {
      json.name("security").array().endArray();
    }
    json.endObject();
  }

  private static void content(JsonWriter json, String type, String schema) {
    json.object().name(type).object().name("schema").object();
    json.name("$ref").string("#/components/schemas/" + schema);
    json.endObject().endObject().endObject();
  }

  private static String needs(Permission permission) {
    if (permission == Permission.PUBLIC) {
      return "For anybody.";
    }
    List<String> roles = permission.roles().stream().map(Role::word).sorted().toList();
    return roles.isEmpty()
        ? "Needs a token for an environment."
        : "Needs one of the roles " + String.join(", ", roles) + ".";
  }

  private static JsonValue schemas() {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + RESOURCE);
      }
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), RESOURCE);
    } catch (IOException | FormatException e) {
      throw new IllegalStateException("this build has a broken " + RESOURCE, e);
    }
  }
}
