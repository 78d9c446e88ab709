package dev.vidimus.server.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.hub.HubAddress;
import dev.vidimus.registry.hub.HubLimits;
import dev.vidimus.registry.hub.HubSource;
import dev.vidimus.server.job.Sources;
import dev.vidimus.testkit.TestHub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upstream that stalls or drips while a model is fetched from it.
class SlowUpstreamTest {
  private static final byte[] WEIGHTS = HubHouse.safetensors();
  private static final String FILE = TestHub.resolve("model.safetensors");
  private static final long PATIENCE = 20_000;

  /// Longer than anybody who does not wait for the upstream takes, in milliseconds.
  private static final long DELAY = 15_000;

  private static final HubLimits LIMITS =
      new HubLimits(50, 5, 1 << 20, 5, 1, Duration.ofMillis(1), Duration.ofMillis(400));

  /// Of an upstream that nobody gives up during a test.
  private static final HubLimits PATIENT =
      new HubLimits(50, 5, 1 << 20, 5, 1, Duration.ofMillis(1), Duration.ofMinutes(1));

  @TempDir Path folder;
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger stalled = new AtomicInteger();
  private volatile HubLimits limits = LIMITS;
  private TestHub upstream;
  private HubHouse hub;
  private String token = "";

  @BeforeEach
  void open() throws Exception {
    upstream =
        new TestHub().small("config.json", HubHouse.text("{}")).large("model.safetensors", WEIGHTS);
    Sources hubs =
        (source, progress) -> {
          String endpoint = upstream.endpoint();
          return staging ->
              HubSource.fetch(
                  HubAddress.of(source, endpoint, false), "", true, progress, staging, limits);
        };
    hub = new HubHouse(folder, new HubSettings("hf://", List.of("*"), "", 1 << 20, 1 << 20), hubs);
    token = hub.publisher();
  }

  @AfterEach
  void close() throws Exception {
    goOn.countDown();
    hub.close();
    upstream.close();
  }

  /// Sends a third of the file, and then nothing.
  private void stall(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("X-Repo-Commit", TestHub.COMMIT);
    exchange.sendResponseHeaders(200, WEIGHTS.length);
    exchange.getResponseBody().write(WEIGHTS, 0, WEIGHTS.length / 3);
    exchange.getResponseBody().flush();
    stalled.incrementAndGet();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("cut");
  }

  /// Sends a byte now and then, for ever.
  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, WEIGHTS.length);
    OutputStream body = exchange.getResponseBody();
    stalled.incrementAndGet();
    try {
      for (byte one : WEIGHTS) {
        body.write(one);
        body.flush();
        if (goOn.await(20, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("cut");
  }

  private String await(String path, String words) throws Exception {
    String body = hub.get(path, token).body();
    for (long end = System.currentTimeMillis() + PATIENCE;
        !body.contains(words) && System.currentTimeMillis() < end; ) {
      Thread.sleep(20);
      body = hub.get(path, token).body();
    }
    assertThat(body).contains(words);
    return body;
  }

  private void awaitStalled(int count) throws Exception {
    for (long end = System.currentTimeMillis() + PATIENCE;
        stalled.get() < count && System.currentTimeMillis() < end; ) {
      Thread.sleep(5);
    }
    assertThat(stalled.get()).isGreaterThanOrEqualTo(count);
  }

  private List<String> unfinished() throws IOException {
    List<String> names = new ArrayList<>();
    try (var left = Files.newDirectoryStream(folder.resolve("home/tmp"), "intake-*")) {
      left.forEach(path -> names.add(path.toString()));
    }
    return names;
  }

  private void awaitNothingUnfinished() throws Exception {
    for (long end = System.currentTimeMillis() + PATIENCE;
        !unfinished().isEmpty() && System.currentTimeMillis() < end; ) {
      Thread.sleep(10);
    }
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void aFillThatStallsGoesOnWhereItStopped() throws Exception {
    upstream.on(
        FILE,
        exchange -> {
          if (TestHub.from(exchange) == 0) {
            stall(exchange);
          }
          assertThat(TestHub.from(exchange)).isEqualTo(WEIGHTS.length / 3);
          TestHub.bytes(WEIGHTS).answer(exchange);
        });
    String path = "/acme/toy/resolve/main/model.safetensors";
    assertThat(hub.get(path, token).body()).contains("intake started");
    for (long end = System.currentTimeMillis() + PATIENCE;
        hub.get(path, token).statusCode() != 200 && System.currentTimeMillis() < end; ) {
      Thread.sleep(20);
    }
    String etag = HubHouse.header(hub.head(path, token), "ETag");
    assertThat(etag).isEqualTo('"' + Digest.sha256(WEIGHTS).hex() + '"');
    assertThat(stalled).hasValue(1);
    awaitNothingUnfinished(); // it is served before the last of it is put away
  }

  @Test
  void aFillThatOnlyDripsEndsAndLeavesNothing() throws Exception {
    upstream.on(FILE, this::drip);
    String path = "/acme/toy/resolve/main/config.json";
    hub.get(path, token);
    awaitStalled(1);
    String refusal = await(path, "intake failed");
    assertThat(refusal).contains("model.safetensors: cut off at byte", "hardly anything arrives");
    assertThat(unfinished()).isEmpty();
    assertThat(upstream.requests.stream().filter(FILE::equals)).hasSize(2);
  }

  @Test
  void whoeverDoesNotNeedTheUpstreamDoesNotWaitForIt() throws Exception {
    limits = PATIENT;
    upstream.on(FILE, this::stall);
    hub.promoteToy("acme/here");
    for (int i = 0; i < 3; i++) { // more than are examined at once
      String body =
          String.format(
              Locale.ROOT,
              "{\"source\":\"hf://acme/toy\",\"name\":\"acme/slow%d\",\"environment\":\"sandbox\"}",
              i);
      assertThat(hub.house().post("/api/v1/submissions", token, body).statusCode()).isEqualTo(202);
    }
    awaitStalled(3);
    long begin = System.currentTimeMillis();
    for (int i = 0; i < 20; i++) {
      assertThat(hub.get("/acme/here/resolve/main/config.json", token).statusCode()).isEqualTo(200);
      assertThat(hub.get("/acme/slow0/resolve/main/config.json", token).statusCode())
          .isEqualTo(403);
    }
    assertThat(System.currentTimeMillis() - begin).isLessThan(DELAY);
    String commit =
        "{\"key\":\"header\",\"value\":{\"summary\":\"s\"}}\n"
            + "{\"key\":\"file\",\"value\":{\"path\":\"a.json\",\"encoding\":\"base64\",\"content\":\"e30=\"}}\n";
    hub.house()
        .send(
            hub.house()
                .request("/api/models/acme/own/commit/main", token)
                .POST(HttpRequest.BodyPublishers.ofString(commit)));
    begin = System.currentTimeMillis();
    for (long end = begin + PATIENCE;
        hub.get("/acme/own/resolve/main/a.json", token).statusCode() != 200
            && System.currentTimeMillis() < end; ) {
      Thread.sleep(20);
    }
    assertThat(System.currentTimeMillis() - begin).isLessThan(DELAY);
    assertThat(unfinished()).hasSizeGreaterThanOrEqualTo(3); // they go on meanwhile
  }
}
