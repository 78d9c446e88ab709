package dev.vidimus.server.http;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.question.UnknownReference;
import dev.vidimus.server.identity.Identities;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Answers requests by routes. Each has a thread of its own, a virtual one.
public final class HttpServer implements AutoCloseable {
  private static final int LONGEST_HEADERS = 32 << 10;
  private static final int LONGEST_REQUEST_LINE = 8 << 10;

  /// How long a running request may go on when the server ends.
  private static final Duration GRACE = Duration.ofSeconds(20);

  /// How long a client may take for its next bytes.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int MOST_CONNECTIONS = 4_096;
  private static final int WRITE_BUFFER = 64 << 10;

  /// Says at every start what it is made of, and at every client that went away that it did.
  private static final Logger LIBRARY = Logger.getLogger("io.helidon");

  private final WebServer server;
  /// Names of requests are unique over processes, and no secret.
  private final String ids = Credential.id("r") + "-";

  private final AtomicLong requests = new AtomicLong();
  private final RouteTable table;
  private final Surface fallback;
  private final Guard guard;
  private final Fairness fairness = new Fairness();
  private final Origin origin;
  private final AccessLog log;
  private final Measured measured;
  private final Consumer<String> troubles;
  private final InstantSource clock;

  /// What a server is told.
  ///
  /// @param host to listen at
  /// @param port 0 for any that is free
  /// @param tls key and certificates, or null for none
  /// @param publicAddress by which callers know it, such as `https://models.example.com`; empty to
  ///     take it from `Host`
  /// @param log takes lines of the access log
  /// @param troubles takes lines about what failed
  public record Settings(
      String host,
      int port,
      @Nullable SSLContext tls,
      String publicAddress,
      Consumer<String> log,
      Consumer<String> troubles) {}

  private HttpServer(
      Settings settings,
      List<Route> routes,
      Surface fallback,
      Identities identities,
      Measured measured,
      InstantSource clock) {
    this.table = new RouteTable(routes);
    this.fallback = fallback;
    this.guard = new Guard(identities);
    this.origin = new Origin(settings.publicAddress());
    this.log = new AccessLog(settings.log());
    this.measured = measured;
    this.troubles = settings.troubles();
    this.clock = clock;
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .idleConnectionTimeout(Duration.ofMinutes(2))
            .maxTcpConnections(MOST_CONNECTIONS)
            .writeBufferSize(WRITE_BUFFER)
            // Helidon 4.4's NIO socket drops what a full send buffer did not take.
            .useNio(false)
            .connectionOptions(
                options -> options.readTimeout(PATIENCE).tcpNoDelay(true).socketKeepAlive(true))
            .addProtocol(
                Http1Config.builder()
                    .maxHeadersSize(LONGEST_HEADERS)
                    .maxPrologueLength(LONGEST_REQUEST_LINE)
                    .validateResponseHeaders(true)
                    .build())
            .routing(routing -> routing.any(this::answer));
    SSLContext tls = settings.tls();
    if (tls != null) {
      builder.tls(Tls.builder().sslContext(tls).build());
    }
    this.server = builder.build();
  }

  /// Starts a server.
  ///
  /// @param fallback in whose form it is said that there is no such route
  public static HttpServer start(
      Settings settings,
      List<Route> routes,
      Surface fallback,
      Identities identities,
      Measured measured,
      InstantSource clock) {
    HttpServer http = new HttpServer(settings, routes, fallback, identities, measured, clock);
    LIBRARY.setLevel(Level.WARNING);
    http.server.start();
    return http;
  }

  /// Where it listens.
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    long begin = System.nanoTime();
    String id = ids + Long.toString(requests.incrementAndGet(), Character.MAX_RADIX);
    Verb verb = Verb.of(request.prologue().method().text());
    Exchange exchange = new Exchange(request, response, verb == null ? Verb.GET : verb, id, origin);
    exchange.header("X-Request-Id", id);
    measured.begin();
    Route route = null;
    Surface surface = fallback;
    try {
      List<String> path = path(exchange.path());
      RouteTable.Match match =
          verb == null ? new RouteTable.Match(null, Map.of(), Set.of()) : find(verb, path);
      route = match.route();
      if (route == null) {
        throw missing(exchange, verb, match);
      }
      surface = route.surface();
      // Known before it is let in: a refusal is logged with its caller, too.
      exchange.route(match.values(), guard.admit(exchange, route));
      String caller = exchange.caller().isKnown() ? exchange.caller().name() : exchange.peer();
      fairness.begin(caller);
      try {
        route.handler().handle(exchange);
      } finally {
        fairness.end(caller);
      }
      if (!exchange.hasBegun()) {
        throw new IllegalStateException(route.pattern() + " answered nothing");
      }
    } catch (Problem e) {
      boolean guessed = e.status() == 401 && exchange.header("Authorization") != null;
      Problem problem = guessed ? fairness.failed(exchange.peer(), begin, e) : e;
      if (problem.status() == 429) {
        exchange.header("Retry-After", "5");
      }
      refuse(exchange, surface, problem);
    } catch (CheckFailed e) {
      refuse(exchange, surface, Refusals.of(e));
    } catch (FormatException e) {
      refuse(exchange, surface, Refusals.of(e));
    } catch (UnknownReference e) {
      refuse(exchange, surface, Refusals.of(e));
    } catch (Refusal e) {
      if (Room.isMissing(e)) {
        trouble(exchange, e);
      }
      refuse(exchange, surface, Refusals.of(e));
    } catch (IOException | UncheckedIOException e) {
      if (isGone(e)) {
        exchange.note("the client went away");
        throw new CloseConnectionException("the client went away", e);
      }
      trouble(exchange, e);
      refuse(exchange, surface, Refusals.ofTheWorld(e));
    } catch (RuntimeException e) {
      trouble(exchange, e);
      refuse(exchange, surface, Refusals.ofUs());
    } finally {
      long nanos = System.nanoTime() - begin;
      measured.end(surface.name(), exchange, nanos);
      log.write(exchange, route, clock.instant().minusNanos(nanos), nanos);
    }
  }

  private RouteTable.Match find(Verb verb, List<String> path) {
    RouteTable.Match match = table.find(verb, path);
    return match.route() == null && verb == Verb.HEAD ? table.find(Verb.GET, path) : match;
  }

  private static List<String> path(String raw) throws Problem {
    List<String> path = new ArrayList<>();
    for (String segment : PathPattern.split(raw)) {
      String decoded = PercentCode.segment(segment);
      if (decoded.equals(".") || decoded.equals("..")) {
        throw Problem.badRequest("a path with " + decoded, "");
      }
      path.add(decoded);
    }
    return path;
  }

  private static Problem missing(Exchange exchange, @Nullable Verb verb, RouteTable.Match match) {
    if (verb == null || !match.others().isEmpty()) {
      List<String> allowed = match.others().stream().map(Verb::name).sorted().toList();
      exchange.header("Allow", String.join(", ", allowed));
      return new Problem(405, "Method not allowed", "this takes " + allowed, "");
    }
    return Problem.notFound("there is nothing at this path", "");
  }

  private void refuse(Exchange exchange, Surface surface, Problem problem) {
    exchange.note(problem.title() + ": " + problem.getMessage());
    if (exchange.hasBegun()) {
      // Half an answer is out: only a broken connection tells the client that it is not whole.
      throw new CloseConnectionException(String.valueOf(problem.getMessage()), problem);
    }
    try {
      surface.refuse(exchange, problem);
    } catch (IOException | UncheckedIOException e) {
      trouble(exchange, e); // nobody listens any more
    }
  }

  /// Whether somebody at the other end does not listen any more. A database that cannot be reached
  /// is not that.
  private static boolean isGone(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return false;
      }
      if (cause instanceof SocketException
          || String.valueOf(cause.getMessage()).contains("Broken pipe")) {
        return true;
      }
    }
    return false;
  }

  private void trouble(Exchange exchange, Exception e) {
    troubles.accept("request " + exchange.id() + ": " + e);
    if (e instanceof RuntimeException) {
      for (StackTraceElement frame : e.getStackTrace()) {
        troubles.accept("    at " + frame);
      }
    }
  }
}
