package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.home.ServerKey;
import dev.vidimus.registry.shelf.GitNames;
import dev.vidimus.registry.shelf.LargeFiles;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Handler;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.hub.HubSettings;
import dev.vidimus.server.hub.HubSurface;
import dev.vidimus.server.hub.RepositoryName;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.job.Submissions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The routes of whoever publishes.
public final class PublishRoutes {
  private static final String GIT = ".git";

  private final HubSurface surface = HubSurface.publishing();
  private final List<Route> routes = new ArrayList<>();
  private final Pace pace;
  private final Heads heads;
  private final Publishing publishing;
  private final LargeObjects objects;

  private PublishRoutes(Pace pace, Heads heads, Publishing publishing, LargeObjects objects) {
    this.pace = pace;
    this.heads = heads;
    this.publishing = publishing;
    this.objects = objects;
  }

  /// Deletes what earlier uploads left, too.
  public static List<Route> of(
      Registry registry, Submissions submissions, HubSettings settings, InstantSource clock)
      throws IOException {
    Uploads uploads = new Uploads(registry.temporary().resolve("uploads"), clock);
    uploads.collect();
    Heads heads = new Heads(registry, submissions);
    PublishRoutes all =
        new PublishRoutes(
            new Pace(clock),
            heads,
            new Publishing(submissions, heads, uploads),
            new LargeObjects(
                settings, uploads, new Capability(ServerKey.of(registry.home()), clock)));
    all.addAll();
    return List.copyOf(all.routes);
  }

  /// Answers about a repository that the caller may publish to.
  private interface Page {
    void answer(Exchange exchange, RepositoryName repository)
        throws IOException, FormatException, CheckFailed, Problem;
  }

  private void addAll() {
    write("/api/repos/create", "Says where a new repository will be.", this::create);
    write("/api/validate-yaml", "Says that the head of a card may come.", this::validate);
    for (RepositoryName.Type type : RepositoryName.Type.values()) {
      String api = "/api/" + type.word() + "/";
      about(type, api, "/preupload/{revision}", "Which files are large.", this::preupload);
      about(type, api, "/commit/{revision}", "Publishes a version.", this::commit);
      about(
          type,
          "/" + type.prefix(),
          "/info/lfs/objects/batch",
          "Where large files go.",
          objects::batch);
    }
    upload(Verb.PUT, "/lfs/object/{oid}", "Takes a large file.", objects::take);
    upload(Verb.PUT, "/lfs/part/{oid}", "Takes a part of a large file.", objects::takePart);
    upload(Verb.POST, "/lfs/complete/{oid}", "Puts the parts together.", objects::complete);
    upload(Verb.POST, "/lfs/verify/{oid}", "Whether a large file came.", objects::verify);
  }

  private void about(
      RepositoryName.Type type, String base, String rest, String summary, Page page) {
    write(
        base + "{owner}/{repository}" + rest,
        summary,
        exchange -> page.answer(exchange, repository(exchange, type, true)));
    write(
        base + "{repository}" + rest,
        summary,
        exchange -> page.answer(exchange, repository(exchange, type, false)));
  }

  private void write(String pattern, String summary, Handler handler) {
    routes.add(
        Route.of(
            Verb.POST,
            pattern,
            Permission.SUBMIT,
            surface,
            Operation.of(summary, ""),
            exchange -> {
              pace.count(exchange);
              handler.handle(exchange);
            }));
  }

  /// An upload, whose address opens itself.
  private void upload(Verb verb, String pattern, String summary, Handler handler) {
    routes.add(
        Route.of(verb, pattern, Permission.PUBLIC, surface, Operation.of(summary, ""), handler));
  }

  private static RepositoryName repository(
      Exchange exchange, RepositoryName.Type type, boolean owned) throws Problem {
    String name = exchange.segment("repository");
    if (name.endsWith(GIT)) {
      name = name.substring(0, name.length() - GIT.length());
    }
    RepositoryName repository =
        RepositoryName.of(type, owned ? exchange.segment("owner") + "/" + name : name);
    requireCovered(exchange, repository);
    return repository;
  }

  private static void requireCovered(Exchange exchange, RepositoryName repository) throws Problem {
    Token token = exchange.caller().token();
    if (token != null && !token.covers(repository.registryName())) {
      throw Problem.forbidden(
          "this token is not for " + repository.registryName(), "ask an admin for one that is");
    }
  }

  /// A repository begins with its first version; until then there is nothing to make.
  private void create(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    JsonObject body = exchange.json();
    String name = String.valueOf(body.string("name"));
    String organization = body.string("organization");
    String kind = body.string("type") == null ? "model" : body.string("type");
    if (!"model".equals(kind) && !"dataset".equals(kind)) {
      throw Problem.badRequest("no " + kind + " is kept here", "models and datasets are");
    }
    RepositoryName.Type type =
        "dataset".equals(kind) ? RepositoryName.Type.DATASET : RepositoryName.Type.MODEL;
    RepositoryName repository =
        RepositoryName.of(
            type,
            organization == null || organization.isEmpty() ? name : organization + "/" + name);
    requireCovered(exchange, repository);
    String id = repository.id();
    boolean known = heads.of(repository.registryName()) != null;
    JsonWriter json = new JsonWriter().object();
    json.name("url").string(exchange.origin() + "/" + repository.registryName());
    json.name("name").string(id).name("id").string(id).name("private").bool(true);
    if (known) {
      json.name("error").string("there is a repository " + id);
    }
    exchange.json(known ? 409 : 200, json.endObject());
  }

  private void validate(Exchange exchange) throws IOException, Problem {
    exchange.json(); // bounded, and JSON: what a card says is looked at in quarantine
    JsonWriter json = new JsonWriter().object().name("errors").array().endArray();
    exchange.json(200, json.name("warnings").array().endArray().endObject());
  }

  private void preupload(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    requireMain(exchange);
    if (!(exchange.json().get("files") instanceof JsonArray(List<JsonValue> files))) {
      throw Problem.badRequest("the body lacks the list files", "");
    }
    Heads.Head head = heads.of(repository.registryName());
    JsonWriter json = new JsonWriter().object().name("files").array();
    for (JsonValue element : files) {
      if (!(element instanceof JsonObject file)
          || file.string("path") == null
          || !(file.get("size") instanceof JsonNumber number)) {
        throw Problem.badRequest("a file has no path or no size", "");
      }
      String path = String.valueOf(file.string("path"));
      long size;
      try {
        size = Long.parseLong(number.text());
      } catch (NumberFormatException e) {
        throw Problem.badRequest("the size of " + path + " is no whole number", "");
      }
      boolean large = LargeFiles.has(path, size);
      json.object().name("path").string(path).name("uploadMode");
      json.string(large ? "lfs" : "regular").name("shouldIgnore").bool(false);
      Tree.Node known = head == null ? null : head.tree().files().get(path);
      if (known != null && LargeFiles.has(path, known.size()) == large) {
        json.name("oid");
        json.string(
            large
                ? GitNames.blob(GitNames.pointer(known.digest(), known.size()))
                : GitNames.blob(known.content(), known.size()));
      }
      json.endObject();
    }
    exchange.json(200, json.endArray().endObject());
  }

  private void commit(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    requireMain(exchange);
    publishing.commit(exchange, repository);
  }

  private static void requireMain(Exchange exchange) throws Problem {
    if (!exchange.segment("revision").equals("main")) {
      exchange.header("X-Error-Code", "RevisionNotFound");
      throw Problem.notFound("versions are published to main, and to no other branch", "");
    }
  }
}
