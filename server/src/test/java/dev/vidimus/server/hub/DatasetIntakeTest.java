package dev.vidimus.server.hub;

import static dev.vidimus.server.hub.HubHouse.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.hub.HubAddress;
import dev.vidimus.registry.hub.HubLimits;
import dev.vidimus.registry.hub.HubSource;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.testkit.TestHub;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Datasets that are fetched from upstream because somebody asks for them.
class DatasetIntakeTest {
  private static final long PATIENCE = 20_000;
  private static final byte[] ROWS = HubHouse.text("a,b\n1,2\n");
  private static final byte[] TABLE = new byte[600_000];

  @TempDir Path folder;
  private TestHub upstream;
  private HubHouse hub;
  private String token = "";

  @BeforeEach
  void open() throws Exception {
    upstream = new TestHub();
    String api = "/api/datasets/acme/words";
    String files = "/datasets/acme/words/resolve/" + TestHub.COMMIT + "/";
    upstream.on(
        api + "/revision/main",
        TestHub.text(200, "{\"id\": \"acme/words\", \"sha\": \"" + TestHub.COMMIT + "\"}"));
    upstream.on(
        api + "/tree/" + TestHub.COMMIT + "?recursive=true",
        TestHub.text(
            200,
            "["
                + TestHub.small("train.csv", ROWS.length, TestHub.gitHash(ROWS))
                + ","
                + TestHub.large("table.arrow", TABLE.length, Digest.sha256(TABLE).hex())
                + "]"));
    upstream.on(files + "train.csv", TestHub.bytes(ROWS));
    upstream.on(files + "table.arrow", TestHub.bytes(TABLE));
    HubSettings settings =
        new HubSettings("hf://", List.of("datasets/acme/*"), "", 1 << 20, 1 << 20);
    hub =
        new HubHouse(
            folder,
            settings,
            (source, progress) ->
                staging ->
                    HubSource.fetch(
                        HubAddress.of(source, upstream.endpoint(), false),
                        "",
                        true,
                        progress,
                        staging,
                        HubLimits.DEFAULT));
    token = hub.house().token("sandbox", List.of("datasets/acme/*"), Role.SUBMITTER);
  }

  @AfterEach
  void close() throws Exception {
    hub.close();
    upstream.close();
  }

  private HttpResponse<String> awaited(String path) throws Exception {
    HttpResponse<String> answer = hub.get(path, token);
    for (long end = System.currentTimeMillis() + PATIENCE;
        answer.statusCode() != 200
            && !answer.body().contains("is REJECTED")
            && System.currentTimeMillis() < end; ) {
      Thread.sleep(50);
      answer = hub.get(path, token);
    }
    return answer;
  }

  @Test
  void aDatasetComesIntoQuarantineAndIsServedOncePromoted() throws Exception {
    String file = "/datasets/acme/words/resolve/main/train.csv";
    HttpResponse<String> first = hub.get(file, token);
    assertThat(first.statusCode()).isEqualTo(403);
    assertThat(header(first, "X-Error-Message"))
        .contains("datasets/acme/words@main is QUARANTINED: intake started");
    HttpResponse<String> promoted = awaited(file);
    assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
    assertThat(promoted.body())
        .isEqualTo(new String(ROWS, java.nio.charset.StandardCharsets.UTF_8));
    assertThat(header(promoted, "X-Repo-Commit")).isEqualTo(TestHub.COMMIT);
    assertThat(header(hub.head("/datasets/acme/words/resolve/main/table.arrow", token), "ETag"))
        .isEqualTo('"' + Digest.sha256(TABLE).hex() + '"');
    String info = hub.get("/api/datasets/acme/words/revision/main", token).body();
    assertThat(info).contains("\"id\":\"acme/words\"", TestHub.COMMIT).doesNotContain("modelId");
    assertThat(hub.get("/api/datasets/acme/words/tree/main?recursive=true", token).body())
        .contains("train.csv", "table.arrow");
    assertThat(upstream.requests).allMatch(path -> path.contains("/datasets/acme/words/"));
  }

  @Test
  void aModelOfTheSameNameIsAnother() throws Exception {
    awaited("/datasets/acme/words/resolve/main/train.csv");
    String both = hub.house().token("sandbox", List.of("*"), Role.SUBMITTER);
    HttpResponse<String> model = hub.get("/acme/words/resolve/main/train.csv", both);
    assertThat(model.statusCode()).isEqualTo(403);
    assertThat(model.body()).contains("acme/words@main is UNKNOWN", "not on the intake allow-list");
  }

  @Test
  void aTokenForModelsGetsNoDataset() throws Exception {
    String models = hub.house().token("sandbox", List.of("acme/*"), Role.SUBMITTER);
    HttpResponse<String> answer = hub.get("/datasets/acme/words/resolve/main/train.csv", models);
    assertThat(answer.body()).contains("this token is not for this repository");
    assertThat(upstream.requests).isEmpty();
  }
}
