package dev.vidimus.server;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.ServerKey;
import dev.vidimus.registry.store.Readers;
import dev.vidimus.server.api.ApiRoutes;
import dev.vidimus.server.api.ApiSurface;
import dev.vidimus.server.http.HttpServer;
import dev.vidimus.server.http.Measured;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.hub.HubRoutes;
import dev.vidimus.server.hub.HubSettings;
import dev.vidimus.server.hub.PullLog;
import dev.vidimus.server.hub.publish.PublishRoutes;
import dev.vidimus.server.identity.KeyLogin;
import dev.vidimus.server.identity.KnownCallers;
import dev.vidimus.server.identity.Signers;
import dev.vidimus.server.job.Sources;
import dev.vidimus.server.job.Submissions;
import dev.vidimus.server.pages.PageRoutes;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A running server: the registry, and every surface over it.
public final class Server implements Closeable {
  private static final int READERS = 16;

  private final HttpServer http;
  private final Submissions submissions;
  private final PullLog pulls;
  private final Readers readers;
  private final List<Route> routes;

  private Server(
      HttpServer http,
      Submissions submissions,
      PullLog pulls,
      Readers readers,
      List<Route> routes) {
    this.http = http;
    this.submissions = submissions;
    this.pulls = pulls;
    this.readers = readers;
    this.routes = List.copyOf(routes);
  }

  /// Starts a server.
  ///
  /// @param registry that was begun
  /// @param sources what it takes in
  /// @param hub what the hub proxy is told
  /// @param version of this build
  public static Server start(
      Registry registry,
      Sources sources,
      HubSettings hub,
      HttpServer.Settings settings,
      String version,
      InstantSource clock)
      throws IOException, FormatException, CheckFailed {
    Readers readers = registry.keepOpen(READERS);
    Measured measured = new Measured();
    KnownCallers callers = new KnownCallers(registry, clock);
    Signers signers = new Signers(registry);
    Submissions submissions = Submissions.begin(registry, sources, clock, settings.troubles());
    ApiSurface api = new ApiSurface();
    KeyLogin logins = new KeyLogin(registry, ServerKey.of(registry.home()), clock);
    List<Route> routes = new ArrayList<>(new Health(registry, measured).routes(api));
    routes.addAll(
        ApiRoutes.of(api, registry, signers, logins, callers, submissions, version, clock));
    routes.addAll(PageRoutes.of(registry, signers, logins, callers, submissions, clock));
    PullLog pulls = new PullLog(registry, clock, settings.troubles());
    routes.addAll(HubRoutes.of(registry, submissions, hub, pulls, clock));
    routes.addAll(PublishRoutes.of(registry, submissions, hub, clock));
    HttpServer http = HttpServer.start(settings, routes, api, callers, measured, clock);
    return new Server(http, submissions, pulls, readers, routes);
  }

  /// Where it listens.
  public int port() {
    return http.port();
  }

  /// Everything that can be asked.
  public List<Route> routes() {
    return routes;
  }

  /// Ends it: running requests are answered, running intakes leave nothing behind.
  @Override
  public void close() throws IOException {
    http.close();
    submissions.close();
    pulls.close();
    readers.close();
  }
}
