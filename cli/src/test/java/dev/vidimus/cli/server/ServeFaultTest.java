package dev.vidimus.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidimus.artifact.Digest;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Main;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server and an upstream that fail: killed while it fills or is published to, wrong bytes of the
/// right size.
@Tag("fault")
class ServeFaultTest {
  private static final String COMMIT = "c".repeat(40);
  private static final byte[] FILE = new byte[3 << 20];

  @TempDir Path folder;
  private final CountDownLatch fetching = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private HttpServer upstream;
  private Process server;
  private String address = "";
  private String token = "";

  /// What the upstream does with the file.
  private enum Mood {
    STALL,
    LIE,
    SERVE
  }

  private volatile Mood mood = Mood.SERVE;

  @BeforeEach
  void begin() throws Exception {
    upstream = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    upstream.createContext("/", this::answer);
    upstream.start();
    CommandLine.run(new Recorded(folder), List.of("init", "--home", home()));
    Recorded add = new Recorded(folder);
    CommandLine.run(
        add,
        List.of("token", "add", "t", "--home", home(), "--env", "sandbox", "--role", "submitter"));
    token = add.output().strip();
  }

  @AfterEach
  void end() {
    goOn.countDown();
    upstream.stop(0);
    if (server != null) {
      server.destroyForcibly();
    }
  }

  private String home() {
    return folder.resolve("home").toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String sha256 = Digest.sha256(FILE).hex();
    byte[] body;
    if (path.contains("/revision/")) {
      body = ("{\"sha\":\"" + COMMIT + "\"}").getBytes(StandardCharsets.UTF_8);
    } else if (path.contains("/tree/")) {
      body =
          ("[{\"type\":\"file\",\"path\":\"config.json\",\"size\":"
                  + FILE.length
                  + ",\"oid\":\""
                  + "a".repeat(40)
                  + "\",\"lfs\":{\"oid\":\""
                  + sha256
                  + "\",\"size\":"
                  + FILE.length
                  + ",\"pointerSize\":130}}]")
              .getBytes(StandardCharsets.UTF_8);
    } else {
      file(exchange);
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void file(HttpExchange exchange) throws IOException {
    byte[] body = FILE.clone();
    if (mood == Mood.LIE) {
      body[body.length / 2] = 1;
    }
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
    fetching.countDown();
    if (mood == Mood.STALL) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
    exchange.close();
  }

  private void serve() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--home",
            home(),
            "--listen",
            "127.0.0.1:0",
            "--quiet");
    builder.environment().put("HF_ENDPOINT", "http://127.0.0.1:" + upstream.getAddress().getPort());
    server = builder.start();
    BufferedReader errors =
        new BufferedReader(new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.contains("serves at ")) {
        address = line.substring(line.indexOf("http"));
        return;
      }
    }
    throw new AssertionError("the server does not start");
  }

  private HttpResponse<String> ask(String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + token);
    if (!body.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private String submit() throws Exception {
    HttpResponse<String> answer =
        ask(
            "/api/v1/submissions",
            "{\"source\":\"hf://acme/toy@main\",\"environment\":\"sandbox\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private String waitFor(String submission) throws Exception {
    String state = ask(submission, "").body();
    for (int i = 0; i < 600 && state.matches(".*\"state\":\"(waiting|running)\".*"); i++) {
      Thread.sleep(200);
      state = ask(submission, "").body();
    }
    return state;
  }

  private void requireNothingIsThere() throws Exception {
    HttpResponse<String> file = ask("/acme/toy/resolve/main/config.json", "");
    assertThat(file.statusCode()).as(file.body()).isIn(403, 404);
    Recorded doctor = new Recorded(folder);
    assertThat(CommandLine.run(doctor, List.of("doctor", "--home", home())))
        .as(doctor.output())
        .isEqualTo(ExitCode.YES);
  }

  @Test
  void aServerThatIsKilledWhileItFillsSaysSoAndBeginsAnew() throws Exception {
    mood = Mood.STALL;
    serve();
    String submission = submit();
    assertThat(fetching.await(30, TimeUnit.SECONDS)).isTrue();
    server.destroyForcibly().waitFor();
    goOn.countDown();
    mood = Mood.SERVE;
    serve();
    assertThat(ask(submission, "").body()).contains("\"state\":\"interrupted\"");
    requireNothingIsThere();
    assertThat(waitFor(submit())).contains("\"state\":\"done\"");
    try (var left = Files.list(folder.resolve("home/tmp"))) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("intake-")))
          .isEmpty();
    }
  }

  private String batch() throws Exception {
    return ask(
            "/acme/own.git/info/lfs/objects/batch",
            "{\"operation\":\"upload\",\"objects\":[{\"oid\":\""
                + Digest.sha256(FILE).hex()
                + "\",\"size\":"
                + FILE.length
                + "}]}")
        .body();
  }

  private CompletableFuture<HttpResponse<String>> put(
      HttpClient client, String path, InputStream body) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(address + path))
            .PUT(
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofInputStream(() -> body), FILE.length))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> commit() throws Exception {
    return ask(
        "/api/models/acme/own/commit/main",
        "{\"key\":\"header\",\"value\":{\"summary\":\"s\"}}\n"
            + "{\"key\":\"lfsFile\",\"value\":{\"path\":\"notes.bin\",\"algo\":\"sha256\",\"size\":"
            + FILE.length
            + ",\"oid\":\""
            + Digest.sha256(FILE).hex()
            + "\"}}\n");
  }

  private List<Path> uploads() throws IOException {
    Path root = folder.resolve("home/tmp/uploads");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aServerThatIsKilledWhileSomebodyPublishesKeepsNothingHalf() throws Exception {
    serve();
    String href = batch().replaceAll(".*?\"upload\":\\{\"href\":\"http://[^/]*([^\"]*)\".*", "$1");
    try (HttpClient client = HttpClient.newHttpClient()) {
      InputStream half =
          new SequenceInputStream(
              new ByteArrayInputStream(FILE, 0, FILE.length / 2),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  try {
                    goOn.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return -1;
                }
              });
      CompletableFuture<HttpResponse<String>> cut = put(client, href, half);
      for (int i = 0; i < 3_000 && uploads().isEmpty(); i++) {
        Thread.sleep(10);
      }
      assertThat(uploads()).singleElement().asString().contains("coming-");
      server.destroyForcibly().waitFor();
      goOn.countDown();
      assertThatThrownBy(cut::get).hasCauseInstanceOf(IOException.class);
      serve();
      assertThat(batch()).contains("\"upload\"");
      assertThat(commit().statusCode()).isEqualTo(400);
      // The address was given by the server that was killed.
      HttpResponse<String> whole = put(client, href, new ByteArrayInputStream(FILE)).get();
      assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
    }
    assertThat(batch()).doesNotContain("\"upload\"");
    assertThat(commit().statusCode()).isEqualTo(200);
    server.destroyForcibly().waitFor();
    serve();
    String jobs = ask("/api/v1/submissions", "").body();
    assertThat(jobs).containsPattern("\"state\":\"(interrupted|done)\"");
    HttpResponse<String> again = commit();
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    HttpResponse<String> pulled = ask("/acme/own/resolve/main/notes.bin", "");
    for (int i = 0; i < 600 && pulled.statusCode() != 200; i++) {
      Thread.sleep(50);
      pulled = ask("/acme/own/resolve/main/notes.bin", "");
    }
    assertThat(pulled.body()).hasSize(FILE.length);
    Recorded doctor = new Recorded(folder);
    assertThat(CommandLine.run(doctor, List.of("doctor", "--home", home())))
        .as(doctor.output())
        .isEqualTo(ExitCode.YES);
  }

  @Test
  void wrongBytesOfTheRightSizeNeverGetIn() throws Exception {
    mood = Mood.LIE;
    serve();
    assertThat(waitFor(submit())).contains("\"state\":\"failed\"");
    requireNothingIsThere();
  }
}
