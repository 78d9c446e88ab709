package dev.vidimus.server.api;

import dev.vidimus.registry.Registry;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Surface;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.KeyLogin;
import dev.vidimus.server.identity.KnownCallers;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.identity.Signers;
import dev.vidimus.server.job.Submissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// All routes of the API, and their description.
public final class ApiRoutes {
  private ApiRoutes() {}

  /// @param version of this build
  public static List<Route> of(
      Surface surface,
      Registry registry,
      Signers signers,
      KeyLogin logins,
      KnownCallers callers,
      Submissions submissions,
      String version,
      InstantSource clock) {
    Api api = new Api(surface, new Repeats(registry, clock));
    new SubmissionResources(submissions).addTo(api);
    new ArtifactResources(registry).addTo(api);
    new DecisionResources(registry, signers, clock).addTo(api);
    new DeploymentResources(registry).addTo(api);
    new SafetyResources(registry, signers).addTo(api);
    new PolicyResources(registry, signers).addTo(api);
    new PeopleResources(registry, signers, callers).addTo(api);
    new LoginResources(logins).addTo(api);
    new TokenResources(registry, callers, clock).addTo(api);
    new PullResources(registry).addTo(api);
    new LedgerResources(registry).addTo(api);
    new KeepingResources(registry).addTo(api);
    List<Route> routes = new ArrayList<>(api.routes());
    String description = OpenApi.of(routes, version);
    routes.add(
        Route.of(
            Verb.GET,
            Api.BASE + "/openapi.json",
            Permission.PUBLIC,
            surface,
            Operation.of("This description.", ""),
            exchange -> exchange.send(200, "application/json; charset=utf-8", description)));
    return routes;
  }
}
