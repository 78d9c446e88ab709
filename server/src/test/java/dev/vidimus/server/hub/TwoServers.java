package dev.vidimus.server.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.House;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.job.Sources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers over one home, each a process of its own.
abstract class TwoServers {
  private static final String FILE = "/acme/toy/resolve/main/config.json";
  private static final long PATIENCE = 20_000;

  /// How long a token may work that another process ended, by the documentation, in milliseconds.
  private static final long TOKEN = 1_000;

  @TempDir Path folder;
  private HubHouse hub;
  private Process other;
  private String otherAddress = "";
  private String admin = "";
  private final HttpClient client = HttpClient.newHttpClient();
  static final CountDownLatch END = new CountDownLatch(1);

  /// Address of the tables; empty for those of the home.
  abstract String database() throws Exception;

  /// The other server: the folder, and the address of the tables.
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      HubHouse hub = open(Path.of(args[0]), args.length > 1 ? args[1] : "");
      System.out.println("serves at " + hub.house().address());
      END.await();
    }
  }

  /// Over a home where sources come at once, or never.
  private static HubHouse open(Path folder, String database) throws Exception {
    Sources sources =
        (source, progress) -> {
          if (source.equals("test:never")) {
            return staging -> {
              try {
                END.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IOException("ended");
            };
          }
          if (!source.startsWith("test:")) {
            throw Problem.badRequest(source, "");
          }
          Path file = folder.resolve(source.substring("test:".length()));
          return staging -> LocalSource.fetch(file, source, staging);
        };
    return new HubHouse(
        new House(folder.resolve("home"), folder, HubSettings.CLOSED, sources, database));
  }

  @BeforeEach
  void begin() throws Exception {
    String database = database();
    hub = open(folder, database);
    admin =
        hub.house()
            .issue(
                Token.fresh(
                    hub.house().admin().id(),
                    "all",
                    List.of(Role.values()),
                    "sandbox",
                    List.of("*"),
                    Instant.now(),
                    1));
    startOther(database);
  }

  private void startOther(String database) throws Exception {
    other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                folder.toString(),
                database)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith("serves at ")) {
      line = lines.readLine();
    }
    otherAddress = String.valueOf(line).replace("serves at ", "");
  }

  @AfterEach
  void end() throws Exception {
    other.destroyForcibly().waitFor();
    client.close();
    hub.close();
  }

  private HttpResponse<String> atOther(String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(otherAddress + path))
            .header("Authorization", "Bearer " + admin);
    if (!body.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatTheOtherRevokesIsRefusedHereAtTheNextRequest() throws Exception {
    Artifact artifact = hub.promoteToy("acme/toy");
    for (int i = 0; i < 50; i++) { // the answer is remembered here
      assertThat(hub.get(FILE, admin).statusCode()).isEqualTo(200);
    }
    assertThat(atOther(FILE, "").statusCode()).isEqualTo(200);
    HttpResponse<String> revoked =
        atOther(
            "/api/v1/revocations",
            "{\"selectors\":[\"" + artifact.snapshot() + "\"],\"reason\":\"it was an attack\"}");
    HttpResponse<String> refused = hub.get(FILE, admin);
    assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(201);
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(HubHouse.header(refused, "X-Error-Code")).isEqualTo("RevisionNotFound");
    assertThat(refused.body()).contains("it was an attack");
  }

  @Test
  void whatIsPromotedHereIsServedThereAtTheNextRequest() throws Exception {
    assertThat(atOther(FILE, "").statusCode()).isEqualTo(403);
    hub.promoteToy("acme/toy");
    assertThat(atOther(FILE, "").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatTheOtherEndsOpensNothingHereAfterASecond() throws Exception {
    hub.promoteToy("acme/toy");
    Token token =
        Token.fresh(
            hub.house().admin().id(), "x", List.of(), "sandbox", List.of("*"), Instant.now(), 1);
    String credential = hub.house().issue(token);
    assertThat(hub.get(FILE, credential).statusCode()).isEqualTo(200);
    HttpRequest end =
        HttpRequest.newBuilder(URI.create(otherAddress + "/api/v1/tokens/" + token.id()))
            .header("Authorization", "Bearer " + admin)
            .DELETE()
            .build();
    assertThat(client.send(end, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    Thread.sleep(TOKEN);
    assertThat(hub.get(FILE, credential).statusCode()).isEqualTo(401);
  }

  @Test
  void aServerEndsWhatADeadOneWorkedAtAndNothingElse() throws Exception {
    String never = "{\"source\":\"test:never\",\"environment\":\"sandbox\"}";
    String here = location(hub.house().post("/api/v1/submissions", admin, never));
    String there = location(atOther("/api/v1/submissions", never));
    for (String job : List.of(here, there)) {
      await(job, "\"state\":\"running\"");
    }
    other.destroyForcibly().waitFor();
    await(there, "\"state\":\"interrupted\"");
    startOther(database()); // which looks for what was left half done, too
    assertThat(atOther(here, "").body()).contains("\"state\":\"running\"");
    try (var left = Files.newDirectoryStream(folder.resolve("home/tmp"), "server-*")) {
      assertThat(left).hasSize(2);
    }
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return HubHouse.header(answer, "Location");
  }

  private void await(String job, String words) throws Exception {
    String body = hub.get(job, admin).body();
    for (long end = System.currentTimeMillis() + PATIENCE;
        !body.contains(words) && System.currentTimeMillis() < end; ) {
      Thread.sleep(50);
      body = hub.get(job, admin).body();
    }
    assertThat(body).contains(words);
  }
}
