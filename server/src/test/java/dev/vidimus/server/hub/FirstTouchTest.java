package dev.vidimus.server.hub;

import static dev.vidimus.server.hub.HubHouse.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.statement.Role;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is fetched because somebody asks for it.
class FirstTouchTest {
  private static final long PATIENCE = 20_000;

  @TempDir Path folder;
  private HubHouse hub;

  @BeforeEach
  void open() throws Exception {
    hub = new HubHouse(folder, new HubSettings("test:", List.of("acme/*"), "", 1 << 20, 1 << 20));
    Path source = Files.createDirectories(folder.resolve("acme/new@main"));
    Files.writeString(source.resolve("config.json"), "{\"n\":1}");
  }

  @AfterEach
  void close() throws Exception {
    hub.close();
  }

  @Test
  void anIntakeBeginsOnceAndTheAnswerSaysSoAtOnce() throws Exception {
    String token = hub.publisher();
    String path = "/acme/new/resolve/main/config.json";
    HttpResponse<String> first = hub.get(path, token);
    assertThat(first.statusCode()).isEqualTo(403);
    assertThat(header(first, "X-Error-Code")).isEqualTo("GatedRepo");
    assertThat(header(first, "X-Error-Message"))
        .contains("acme/new@main is QUARANTINED: intake started", "/submissions/s-");
    long until = System.currentTimeMillis() + PATIENCE;
    HttpResponse<String> later = first;
    while (later.statusCode() != 200 && System.currentTimeMillis() < until) {
      Thread.sleep(50);
      later = hub.get(path, token);
    }
    assertThat(later.body()).isEqualTo("{\"n\":1}");
    String reader = hub.house().token("", List.of(), Role.AUDITOR);
    String jobs = hub.get("/api/v1/submissions", reader).body();
    assertThat(jobs.split("\"id\":", -1)).hasSize(2);
  }

  @Test
  void whatFailsIsSaidAndNotTriedAgainAtOnce() throws Exception {
    String token = hub.publisher();
    String path = "/api/models/acme/missing";
    HttpResponse<String> answer = hub.get(path, token);
    long until = System.currentTimeMillis() + PATIENCE;
    while (!answer.body().contains("intake failed") && System.currentTimeMillis() < until) {
      Thread.sleep(50);
      answer = hub.get(path, token);
    }
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("intake failed: ", "no such file or folder");
  }

  @Test
  void whoeverOnlyPullsStartsNothing() throws Exception {
    HttpResponse<String> answer = hub.get("/api/models/acme/new", hub.token());
    assertThat(answer.body()).contains("nobody brought it in yet", "ask a submitter");
  }

  @Test
  void whatIsNotOnTheListIsNotFetched() throws Exception {
    assertThat(hub.get("/api/models/beta/new", hub.publisher()).body())
        .contains("not on the intake allow-list");
  }
}
