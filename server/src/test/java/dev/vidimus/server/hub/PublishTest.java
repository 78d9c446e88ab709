package dev.vidimus.server.hub;

import static dev.vidimus.server.hub.HubHouse.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Publishing by the hub protocol.
class PublishTest {
  private static final String HEADER = "{\"key\":\"header\",\"value\":{\"summary\":\"s\"}}\n";
  private static final String COMMIT = "/api/models/acme/own/commit/main";
  private static final long PATIENCE = 20_000;

  @TempDir Path folder;
  private HubHouse hub;
  private String token;

  @BeforeEach
  void open() throws Exception {
    hub = new HubHouse(folder);
    token = hub.publisher();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(hub.house().troubles()).isEmpty();
    hub.close();
  }

  private static String file(String path, String content) {
    return "{\"key\":\"file\",\"value\":{\"path\":\""
        + path
        + "\",\"encoding\":\"base64\",\"content\":\""
        + Base64.getEncoder().encodeToString(HubHouse.text(content))
        + "\"}}\n";
  }

  private HttpResponse<String> commit(String lines) throws Exception {
    return hub.house().post(COMMIT, token, HEADER + lines);
  }

  private HttpResponse<String> put(String href, byte[] body) throws Exception {
    return hub.house()
        .send(
            hub.house()
                .request(href.replace(hub.house().address(), ""))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /// The address of an object's upload.
  private String href(byte[] object) throws Exception {
    String answer =
        hub.house()
            .post(
                "/acme/own.git/info/lfs/objects/batch",
                token,
                "{\"operation\":\"upload\",\"transfers\":[\"basic\"],\"objects\":[{\"oid\":\""
                    + Digest.sha256(object).hex()
                    + "\",\"size\":"
                    + object.length
                    + "}]}")
            .body();
    return answer.replaceAll("(?s).*\"upload\":\\{\"href\":\"([^\"]*)\".*", "$1");
  }

  private String pulled(String path) throws Exception {
    long until = System.currentTimeMillis() + PATIENCE;
    HttpResponse<String> answer = hub.get(path, token);
    while (answer.statusCode() != 200 && System.currentTimeMillis() < until) {
      Thread.sleep(100);
      answer = hub.get(path, token);
    }
    return answer.body();
  }

  @Test
  void aCommitGoesIntoQuarantineAndIsServedUnderItsCommitOncePromoted() throws Exception {
    HttpResponse<String> answer = commit(file("config.json", "{\"v\":1}"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"success\":true", "Vidimus: quarantined: intake s-");
    String commit = header(answer, "X-Repo-Commit");
    assertThat(commit).matches("[0-9a-f]{40}");
    // The sandbox promotes by itself what passes.
    assertThat(pulled("/acme/own/resolve/" + commit + "/config.json")).isEqualTo("{\"v\":1}");
    assertThat(pulled("/acme/own/resolve/main/config.json")).isEqualTo("{\"v\":1}");
  }

  @Test
  void aCommitIsMadeAgainstTheOneBeforeEvenWhileThatIsExamined() throws Exception {
    String first = header(commit(file("a.json", "[1]") + file("b/c.json", "[2]")), "X-Repo-Commit");
    HttpResponse<String> second =
        commit(file("d.json", "[3]") + "{\"key\":\"deletedFolder\",\"value\":{\"path\":\"b/\"}}\n");
    assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
    String commit = header(second, "X-Repo-Commit");
    pulled("/acme/own/resolve/" + commit + "/d.json");
    assertThat(hub.get("/api/models/acme/own/tree/main?recursive=true", token).body())
        .contains("\"path\":\"a.json\"", "\"path\":\"d.json\"")
        .doesNotContain("b/c.json");
    HttpResponse<String> late =
        hub.house()
            .post(
                COMMIT,
                token,
                "{\"key\":\"header\",\"value\":{\"parentCommit\":\""
                    + first
                    + "\"}}\n"
                    + file("e.json", "[4]"));
    assertThat(late.statusCode()).isEqualTo(412);
  }

  @Test
  void bytesUnderAWrongHashAreRefusedAndCannotBeCommitted() throws Exception {
    byte[] right = {1, 2, 3};
    String href = href(right);
    HttpResponse<String> wrong = put(href, new byte[] {1, 2, 4});
    assertThat(wrong.statusCode()).isEqualTo(422);
    String line =
        "{\"key\":\"lfsFile\",\"value\":{\"path\":\"a.npy\",\"algo\":\"sha256\",\"size\":3,"
            + "\"oid\":\""
            + Digest.sha256(right).hex()
            + "\"}}\n";
    assertThat(commit(line).statusCode()).isEqualTo(400);
    assertThat(put(href, new byte[] {1, 2}).statusCode()).isEqualTo(400);
    assertThat(put(href, right).statusCode()).isEqualTo(200);
    assertThat(commit(line).statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressOfAnUploadIsForOneObjectAndCannotBeMadeUp() throws Exception {
    String href = href(new byte[] {1});
    for (String forged :
        List.of(
            href.replace("repository=acme%2Fown", "repository=acme%2Fother"),
            href.replace("size=1", "size=2"),
            href.replaceAll("expires=\\d", "expires=9"),
            href.replaceAll("signature=.*", "signature="))) {
      assertThat(put(forged, new byte[] {1}).statusCode()).as(forged).isEqualTo(403);
    }
  }

  @Test
  void namesThatLeadElsewhereAreRefused() throws Exception {
    for (String path : List.of("../x", "/etc/x", "a/../../x", "a//b", "C:/x", "a\\\\b")) {
      assertThat(commit(file(path, "x")).statusCode()).as(path).isEqualTo(400);
    }
  }

  @Test
  void whoMayNotSubmitOrIsElsewhereMayNotPublish() throws Exception {
    HttpResponse<String> reader =
        hub.house().post(COMMIT, hub.token(), HEADER + file("a.json", "1"));
    assertThat(reader.statusCode()).isEqualTo(403);
    String other =
        hub.house()
            .token("sandbox", List.of("beta/*"), dev.vidimus.registry.statement.Role.SUBMITTER);
    HttpResponse<String> elsewhere =
        hub.house().post("/api/models/acme/own/preupload/main", other, "{\"files\":[]}");
    assertThat(elsewhere.statusCode()).isEqualTo(403);
    assertThat(header(elsewhere, "X-Error-Message")).contains("this token is not for acme/own");
  }

  @Test
  void everyPullIsARowWithWhoAndWhat() throws Exception {
    String snapshot = hub.promoteToy("acme/toy").snapshot();
    hub.get("/acme/toy/resolve/main/config.json", token);
    hub.get("/acme/toy/resolve/v1/config.json", token);
    String admin = hub.house().token("", List.of(), dev.vidimus.registry.statement.Role.AUDITOR);
    long until = System.currentTimeMillis() + PATIENCE;
    String rows = "";
    while (!rows.contains("config.json") && System.currentTimeMillis() < until) {
      Thread.sleep(100);
      rows = hub.get("/api/v1/pulls?snapshot=" + snapshot, admin).body();
    }
    assertThat(rows).contains("\"status\":200", "\"bytes\":45", "\"revision\":\"main\"");
    assertThat(hub.get("/api/v1/artifacts/" + snapshot + "/pulls", admin).body()).isEqualTo(rows);
    assertThat(hub.get("/api/v1/pulls?name=acme%2Ftoy", admin).body())
        .contains("\"status\":404", "\"reason\":\"unknown: there are main and commits\"");
  }
}
