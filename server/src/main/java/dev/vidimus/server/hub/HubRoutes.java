package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Handler;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.job.Submissions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The routes of whoever pulls.
public final class HubRoutes {
  private final HubSurface surface = HubSurface.reading();
  private final List<Route> routes = new ArrayList<>();
  private final FilePages files;
  private final RepositoryPages repositories;
  private final AccountPages accounts;

  private HubRoutes(FilePages files, RepositoryPages repositories, AccountPages accounts) {
    this.files = files;
    this.repositories = repositories;
    this.accounts = accounts;
  }

  /// @param pulls is closed by the caller
  public static List<Route> of(
      Registry registry,
      Submissions submissions,
      HubSettings settings,
      PullLog pulls,
      InstantSource clock) {
    Gatekeeper gatekeeper = new Gatekeeper(registry, clock);
    FirstTouch firstTouch = new FirstTouch(settings, submissions, registry.temporary(), clock);
    Asked asked = new Asked(gatekeeper, firstTouch, pulls);
    HubRoutes all =
        new HubRoutes(
            new FilePages(asked, pulls),
            new RepositoryPages(asked),
            new AccountPages(registry, gatekeeper));
    all.addAll();
    return List.copyOf(all.routes);
  }

  /// Answers about a repository.
  private interface Page {
    void answer(Exchange exchange, RepositoryName repository)
        throws IOException, FormatException, CheckFailed, Problem;
  }

  private void addAll() {
    for (RepositoryName.Type type : RepositoryName.Type.values()) {
      String files = "/" + type.prefix();
      about(
          type, files, "/resolve/{revision}/{path+}", "The bytes of a file.", this.files::resolve);
      about(type, files, "/raw/{revision}/{path+}", "A file as git has it.", this.files::raw);
      gitIsOff(files + "{owner}/{repository}/info/refs");
      gitIsOff(files + "{repository}/info/refs");
      String api = "/api/" + type.word() + "/";
      about(
          type,
          api,
          "",
          "What a repository is and has.",
          (exchange, repository) -> repositories.info(exchange, repository, "main"));
      about(
          type,
          api,
          "/revision/{revision}",
          "The same of a revision.",
          (exchange, repository) ->
              repositories.info(exchange, repository, exchange.segment("revision")));
      about(
          type,
          api,
          "/tree/{revision}",
          "The files of a revision.",
          (exchange, repository) -> repositories.tree(exchange, repository, ""));
      about(
          type,
          api,
          "/tree/{revision}/{path+}",
          "The files of a folder.",
          (exchange, repository) ->
              repositories.tree(exchange, repository, exchange.segment("path")));
      about(type, api, "/refs", "The branches.", repositories::refs);
      about(type, api, "/commits/{revision}", "The history.", repositories::commits);
      add(type, Verb.POST, api, "/paths-info/{revision}", "Some files.", repositories::pathsInfo);
      pull(
          Verb.GET,
          "/api/" + type.word(),
          "The repositories that the caller may have.",
          exchange -> accounts.list(exchange, type));
      nothing(api + "{rest+}");
    }
    nothing("/api/spaces/{rest+}");
    nothing("/api/organizations/{rest+}");
    nothing("/api/agent-harnesses");
    nothing("/api/telemetry/{rest+}");
    routes.add(
        Route.of(
            Verb.GET,
            "/api/whoami-v2",
            Permission.PUBLIC,
            surface,
            Operation.of("Who asks.", ""),
            accounts::whoAmI));
  }

  private void about(
      RepositoryName.Type type, String base, String rest, String summary, Page page) {
    add(type, Verb.GET, base, rest, summary, page);
  }

  private void add(
      RepositoryName.Type type, Verb verb, String base, String rest, String summary, Page page) {
    pull(
        verb,
        base + "{owner}/{repository}" + rest,
        summary,
        exchange -> page.answer(exchange, RepositoryName.of(exchange, type, true)));
    pull(
        verb,
        base + "{repository}" + rest,
        summary,
        exchange -> page.answer(exchange, RepositoryName.of(exchange, type, false)));
  }

  private void pull(Verb verb, String pattern, String summary, Handler handler) {
    routes.add(
        Route.of(verb, pattern, Permission.PULL, surface, Operation.of(summary, ""), handler));
  }

  /// Clients ask for more than there is, and go on when they are told so at once.
  private void nothing(String pattern) {
    routes.add(
        Route.of(
            Verb.GET,
            pattern,
            Permission.PUBLIC,
            surface,
            Operation.of("Nothing; clients are told so at once.", ""),
            exchange ->
                exchange.json(
                    404, new JsonWriter().object().name("error").string("not found").endObject())));
  }

  private void gitIsOff(String pattern) {
    routes.add(
        Route.of(
            Verb.GET,
            pattern,
            Permission.PUBLIC,
            surface,
            Operation.of("Nothing: git does not come in here.", ""),
            exchange ->
                exchange.send(
                    403, "text/plain; charset=utf-8", "git is disabled; use hf download\n")));
  }
}
