package dev.vidimus.server;

import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.access.Doors;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.access.Tokens;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.home.People;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.scan.Meter;
import dev.vidimus.server.http.HttpServer;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.hub.HubSettings;
import dev.vidimus.server.job.Sources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// A server on a free port over a registry of its own, with people who come in by their secrets.
public final class House implements AutoCloseable {
  private final Path folder;
  private final Registry registry;
  private final Server server;
  private final Actor admin;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  private int sources;

  /// @param folder empty
  public House(Path folder) throws Exception {
    this(folder.resolve("home"), folder, HubSettings.CLOSED);
  }

  /// @param folder empty
  /// @param hub what the hub proxy is told
  public House(Path folder, HubSettings hub) throws Exception {
    this(folder.resolve("home"), folder, hub);
  }

  /// @param place of the registry; need not exist
  /// @param folder of the sources
  /// @param hub what the hub proxy is told
  public House(Path place, Path folder, HubSettings hub) throws Exception {
    this(
        place,
        folder,
        hub,
        (source, progress) -> {
          if (!source.startsWith("test:")) {
            throw Problem.badRequest(source + ": no source", "test:");
          }
          Path file = folder.resolve(source.substring("test:".length()));
          return staging -> LocalSource.fetch(file, source, staging);
        });
  }

  /// @param place of the registry; need not exist
  /// @param folder of other files
  /// @param hub what the hub proxy is told
  /// @param from where submissions come
  public House(Path place, Path folder, HubSettings hub, Sources from) throws Exception {
    this(place, folder, hub, from, "");
  }

  /// @param place of the registry; need not exist
  /// @param folder of other files
  /// @param hub what the hub proxy is told
  /// @param from where submissions come
  /// @param database its address; empty for the home's own
  public House(Path place, Path folder, HubSettings hub, Sources from, String database)
      throws Exception {
    this(place, folder, hub, from, database, InstantSource.system());
  }

  /// @param place of the registry; need not exist
  /// @param folder of other files
  /// @param hub what the hub proxy is told
  /// @param from where submissions come
  /// @param database its address; empty for the home's own
  /// @param clock of registry and server
  public House(
      Path place, Path folder, HubSettings hub, Sources from, String database, InstantSource clock)
      throws Exception {
    this.folder = folder;
    Home home = new Home(place);
    registry = Registry.open(home, database, "test", 2, clock);
    String id =
        home.exists()
            ? Objects.requireNonNull(new People(home.names()).id("ada"))
            : registry.init("ada", null);
    admin = new Actor(id, new KeyRing(home).person(id, null));
    server =
        Server.start(
            registry,
            from,
            hub,
            new HttpServer.Settings("127.0.0.1", 0, null, "", log::add, troubles::add),
            "test",
            clock);
  }

  /// No sources at all.
  public static Sources none() {
    return (source, progress) -> {
      throw Problem.badRequest(source + ": no source", "");
    };
  }

  public Registry registry() {
    return registry;
  }

  public Server server() {
    return server;
  }

  public Actor admin() {
    return admin;
  }

  public Path folder() {
    return folder;
  }

  /// Lines of the access log.
  public List<String> log() {
    return List.copyOf(log);
  }

  /// What failed.
  public List<String> troubles() {
    return List.copyOf(troubles);
  }

  public String address() {
    return "http://127.0.0.1:" + server.port();
  }

  /// Somebody with these roles.
  ///
  /// @param id in the ledger
  /// @param secret by which they come in
  public record Person(String id, String secret) {}

  /// Makes somebody known and lets them in.
  public Person person(String name, Role... roles) throws Exception {
    String secret = registry.enter(registry.invite(admin, name, List.of(roles)));
    String id = Objects.requireNonNull(new People(registry.home().names()).id(name));
    return new Person(id, secret);
  }

  /// A service's token.
  public String token(String environment, List<String> repositories, Role... roles)
      throws Exception {
    String id =
        registry.enrol(admin, "svc-" + Credential.id("n"), List.of(roles), true, null, null);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return issue(
        new Token(
            Credential.id("t"),
            id,
            "test",
            List.of(roles),
            environment,
            repositories,
            now,
            now.plus(Duration.ofDays(1)),
            false));
  }

  /// A token as it is given.
  public String issue(Token token) throws IOException {
    String credential = Credential.token();
    registry.keep(
        sql -> {
          new Tokens(sql).add(token, credential);
          return token;
        });
    return credential;
  }

  /// A session of somebody.
  public String session(Person person) throws IOException {
    String session = Credential.session();
    registry.keep(
        sql -> {
          new Doors(sql).begin(person.id(), session, Instant.now());
          return session;
        });
    return session;
  }

  /// A source of one JSON file.
  ///
  /// @return how a submission names it
  public String source(String content) throws IOException {
    String name = "source-" + sources++;
    Files.createDirectory(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("config.json"), content);
    return "test:" + name;
  }

  /// Admits a folder with one JSON file, as the admin.
  public Artifact admit(String name, String environment, String content) throws Exception {
    Path file = folder.resolve(source(content).substring("test:".length()));
    return admit(name, environment, file);
  }

  /// Admits a folder as the admin.
  public Artifact admit(String name, String environment, Path file) throws Exception {
    return registry
        .admit(
            new Registry.Request(admin.id(), name, environment),
            staging -> LocalSource.fetch(file, file.toString(), staging),
            new Meter())
        .artifact();
  }

  /// A request to a path.
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(30));
  }

  /// A request with a credential.
  public HttpRequest.Builder request(String path, String credential) {
    return request(path).header("Authorization", "Bearer " + credential);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path, String credential) throws Exception {
    return send(request(path, credential));
  }

  public HttpResponse<String> post(String path, String credential, String json) throws Exception {
    return send(
        request(path, credential)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  @Override
  public void close() throws IOException {
    server.close();
    client.close();
  }
}
