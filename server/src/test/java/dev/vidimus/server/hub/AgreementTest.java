package dev.vidimus.server.hub;

import static dev.vidimus.server.hub.HubHouse.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.server.http.PercentCode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every file and every answer, whatever happens at the same time.
class AgreementTest {
  private static final long SEED = 20_260_101;
  private static final int FILES = 1_203;
  private static final int ROUNDS = 6;

  @TempDir Path folder;
  private HubHouse hub;
  private String token;

  @BeforeEach
  void open() throws Exception {
    hub = new HubHouse(folder);
    token = hub.token();
  }

  @AfterEach
  void close() throws Exception {
    hub.close();
  }

  @Test
  void everyListAndEveryFileAgree() throws Exception {
    Random random = new Random(SEED);
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[random.nextInt(40)];
      random.nextBytes(content);
      String ending = List.of("npy", "txt", "json").get(i % 3);
      files.put("folder " + i % 7 + "/ä%+" + i + "." + ending, content);
    }
    hub.admit("acme/many", "sandbox", files);
    String base = "/api/models/acme/many";
    JsonObject info = (JsonObject) Json.parse(hub.get(base, token).body(), "info");
    String commit = String.valueOf(info.string("sha"));
    assertThat(hub.get(base + "/refs", token).body()).contains(commit);
    assertThat(((JsonArray) info.members().get("siblings")).elements()).hasSize(FILES);
    List<JsonObject> listed = new ArrayList<>();
    String next = base + "/tree/main?recursive=true";
    int pages = 0;
    while (!next.isEmpty()) {
      HttpResponse<String> page = hub.get(next, token);
      ((JsonArray) Json.parse(page.body(), "tree"))
          .elements()
          .forEach(one -> listed.add((JsonObject) one));
      String link = header(page, "Link");
      assertThat(link.isEmpty() || link.startsWith("<" + hub.house().address() + "/")).isTrue();
      next =
          link.isEmpty()
              ? ""
              : link.substring(1, link.indexOf('>')).replace(hub.house().address(), "");
      pages++;
    }
    assertThat(pages).isEqualTo(2);
    assertThat(listed).hasSize(FILES);
    for (int i = 0; i < listed.size(); i += 10) {
      agree(listed.get(i), commit, files);
    }
  }

  private void agree(JsonObject item, String commit, Map<String, byte[]> files) throws Exception {
    String path = String.valueOf(item.string("path"));
    String url = "/acme/many/resolve/" + commit + "/" + PercentCode.encodePath(path);
    HttpResponse<String> head = hub.head(url, token);
    String etag = header(head, "ETag").replace("\"", "");
    assertThat(etag).matches("[0-9a-f]{40}|[0-9a-f]{64}");
    boolean large = item.get("lfs") instanceof JsonObject;
    assertThat(etag)
        .isEqualTo(
            large ? ((JsonObject) item.members().get("lfs")).string("oid") : item.string("oid"));
    String size = ((JsonNumber) item.members().get("size")).text();
    assertThat(header(head, "Content-Length")).isEqualTo(size);
    assertThat(header(head, "X-Repo-Commit")).isEqualTo(commit);
    HttpResponse<byte[]> got =
        java.net.http.HttpClient.newHttpClient()
            .send(hub.house().request(url, token).build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(got.body()).isEqualTo(files.get(path));
    assertThat(header(got, "ETag")).isEqualTo(header(head, "ETag"));
  }

  @Test
  void noAnswerNamesAnotherHostOrXet() throws Exception {
    hub.promoteToy("acme/toy");
    hub.admit("acme/waits", "internal", Map.of("a.json", HubHouse.text("[7]")));
    List<String> paths =
        List.of(
            "/api/models/%s",
            "/api/models/%s?blobs=true&securityStatus=true&expand=xetEnabled",
            "/api/models/%s/revision/main",
            "/api/models/%s/tree/main?recursive=True&expand=True",
            "/api/models/%s/tree/main",
            "/api/models/%s/refs",
            "/api/models/%s/commits/main",
            "/api/models/%s/xet-read-token/main",
            "/%s/resolve/main/config.json",
            "/%s/resolve/main/model.safetensors",
            "/%s/resolve/refs%%2Fpr%%2F1/config.json",
            "/%s/resolve/main/..%%2F..%%2Fetc%%2Fpasswd",
            "/%s/resolve/main/a%%3Cscript%%3E",
            "/%s/raw/main/config.json",
            "/api/whoami-v2?x=%s",
            "/api/models?search=%s");
    for (String repository : List.of("acme/toy", "acme/waits", "acme/unknown", "a%00b/c")) {
      for (String path : paths) {
        HttpResponse<String> answer = hub.get(String.format(Locale.ROOT, path, repository), token);
        String whole = answer.headers().map() + answer.body();
        assertThat(whole).as(path).doesNotContainIgnoringCase("xet").doesNotContain("root:");
        String ours = whole.replace(hub.house().address(), "");
        assertThat(ours.replace("https://vidimus.dev/problems/", ""))
            .as(path)
            .doesNotContain("http://", "https://");
        assertThat(answer.statusCode()).as(path).isLessThan(500);
      }
    }
  }

  @Test
  void whatIsRevokedIsNotServedToAnybodyWhoAsksAfterwards() throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    AtomicReference<String> gone = new AtomicReference<>("");
    List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          Thread.startVirtualThread(
              () -> {
                while (!ends.get()) {
                  try {
                    String before = gone.get(); // revoked before the request is sent
                    HttpResponse<String> answer =
                        hub.get("/acme/moving/resolve/main/version.json", token);
                    if (answer.statusCode() == 200 && before.contains(answer.body())) {
                      wrong.add(answer.body());
                    }
                  } catch (Exception e) {
                    wrong.add(e.toString());
                  }
                }
              }));
    }
    for (int round = 0; round < ROUNDS; round++) {
      String content = "[\"round " + round + "\"]";
      Artifact artifact =
          hub.admit("acme/moving", "sandbox", Map.of("version.json", HubHouse.text(content)));
      assertThat(hub.get("/acme/moving/resolve/main/version.json", token).body())
          .isEqualTo(content);
      hub.revoke(artifact.snapshot());
      gone.updateAndGet(all -> all + content);
      assertThat(hub.head("/acme/moving/resolve/main/version.json", token).statusCode())
          .isEqualTo(404);
    }
    ends.set(true);
    for (Thread client : clients) {
      client.join();
    }
    assertThat(wrong).isEmpty();
  }
}
